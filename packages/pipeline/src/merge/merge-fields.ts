import { Binary, DataType, Field, FixedSizeList, LargeList, List, Map_, Struct, Utf8, util } from 'apache-arrow';

/** Where two types differ, from the column's name downwards, with both types as text. */
export interface TypeConflict {
  readonly column: string;
  readonly one: string;
  readonly other: string;
}

/** Types that hold the same values in another layout, as the layout that is written: dictionaries and views become plain values. */
export function plainType(type: DataType): DataType {
  if (DataType.isDictionary(type)) return plainType(type.dictionary as DataType);
  if (DataType.isUtf8View(type)) return new Utf8();
  if (DataType.isBinaryView(type)) return new Binary();
  const children = type.children as Field[] | null | undefined;
  if (children === null || children === undefined || children.length === 0) return type;
  return withChildren(type, children.map((child) => plainField(child)));
}

export function plainField(field: Field): Field {
  return new Field(field.name, plainType(field.type as DataType), field.nullable, field.metadata);
}

function withChildren(type: DataType, children: Field[]): DataType {
  if (DataType.isStruct(type)) return new Struct(children);
  if (DataType.isList(type)) return new List(children[0]!);
  if (DataType.isLargeList(type)) return new LargeList(children[0]!);
  if (DataType.isFixedSizeList(type)) return new FixedSizeList(type.listSize, children[0]!);
  if (DataType.isMap(type)) return new Map_(children[0] as never, type.keysSorted);
  return type;
}

function sharedMetadata(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...one].filter(([key, value]) => other.get(key) === value));
}

/**
 * One field that both agree on: nullable if either is, with the metadata that both have. List elements may have any name.
 * Both must be plain ({@link plainField}). Returns the conflict where the types differ in more than that.
 */
export function mergeFields(one: Field, other: Field, path: string = one.name): Field | TypeConflict {
  const type = mergeTypes(one.type as DataType, other.type as DataType, path);
  if (!(type instanceof DataType)) return type;
  return new Field(one.name, type, one.nullable || other.nullable, sharedMetadata(one.metadata, other.metadata));
}

function mergeTypes(one: DataType, other: DataType, path: string): DataType | TypeConflict {
  const conflict = { column: path, one: String(one), other: String(other) };
  const children = (one.children ?? []) as Field[];
  const others = (other.children ?? []) as Field[];
  if (one.typeId !== other.typeId || children.length !== others.length) return conflict;
  if (children.length === 0) return util.compareTypes(one, other) ? one : conflict;
  if (DataType.isFixedSizeList(one) && one.listSize !== (other as FixedSizeList).listSize) return conflict;
  const merged: Field[] = [];
  for (const [index, child] of children.entries()) {
    if (DataType.isStruct(one) && child.name !== others[index]!.name) return conflict;
    const field = mergeFields(child, others[index]!, DataType.isStruct(one) ? `${path}.${child.name}` : path);
    if (!(field instanceof Field)) return field;
    merged.push(field);
  }
  return withChildren(one, merged);
}
