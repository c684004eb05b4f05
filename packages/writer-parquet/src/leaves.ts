import { DataType, type Field, type Schema } from 'apache-arrow';

/** A column as Parquet counts them: a field without children. */
export interface Leaf {
  /** Arrow field names from the top-level column down. */
  readonly path: readonly string[];
  readonly type: DataType;
}

function childrenOf(type: DataType): readonly Field[] {
  return DataType.isDictionary(type) ? [] : ((type.children as readonly Field[] | null) ?? []);
}

/** The leaves below one field, in Parquet's order (depth first). A struct without fields has none. */
export function leavesOfField(field: Field, above: readonly string[] = []): readonly Leaf[] {
  const path = [...above, field.name];
  const type = field.type as DataType;
  const children = childrenOf(type);
  if (children.length === 0 && !DataType.isStruct(type)) return [{ path, type }];
  return children.flatMap((child) => leavesOfField(child, path));
}

export function leavesOf(schema: Schema): readonly Leaf[] {
  return schema.fields.flatMap((field) => leavesOfField(field));
}
