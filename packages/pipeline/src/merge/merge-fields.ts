import { sameType, typeWithChildren } from '@riffle/columnar';
import { DataType, Field, type FixedSizeList } from 'apache-arrow';

/** Where two types differ, from the column's name downwards, with both types as text. */
export interface TypeConflict {
  readonly column: string;
  readonly one: string;
  readonly other: string;
}

function sharedMetadata(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...one].filter(([key, value]) => other.get(key) === value));
}

/**
 * One field that both agree on: nullable if either is, with the metadata that both have. List elements may have any name.
 * Both must be plain (columnar's `plainField`). Returns the conflict where the types differ in more than that.
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
  if (children.length === 0) return sameType(one, other) ? one : conflict;
  if (DataType.isFixedSizeList(one) && one.listSize !== (other as FixedSizeList).listSize) return conflict;
  const merged: Field[] = [];
  for (const [index, child] of children.entries()) {
    if (DataType.isStruct(one) && child.name !== others[index]!.name) return conflict;
    const field = mergeFields(child, others[index]!, DataType.isStruct(one) ? `${path}.${child.name}` : path);
    if (!(field instanceof Field)) return field;
    merged.push(field);
  }
  return typeWithChildren(one, merged);
}
