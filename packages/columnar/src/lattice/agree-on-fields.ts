import { DataType, Field, FixedSizeList, LargeList, List, Map_, Struct } from 'apache-arrow';
import { sameType } from '../same-type.ts';
import { agreeOnBytes } from './agree-on-bytes.ts';
import { agreeOnNumbers } from './agree-on-numbers.ts';
import { agreeOnTimes } from './agree-on-times.ts';
import { fieldsBelow } from './field-path.ts';
import { placesByName } from './places-by-name.ts';
import { agreedMetadata } from './type-metadata.ts';

/** Two types for which there is no common one without a change of meaning. */
export interface Disagreement {
  /** Where: a path as `fieldsBelow` spells it. */
  readonly column: string;
  readonly one: DataType;
  readonly other: DataType;
}

function isList(type: DataType): boolean {
  return DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
}

const childrenOf = (type: DataType) => (type.children ?? []) as Field[];

function agreeOnLists(one: DataType, other: DataType, path: string): DataType | Disagreement {
  const element = agreeOnFields(childrenOf(one)[0]!, childrenOf(other)[0]!, `${path}[]`);
  if (!(element instanceof Field)) return element;
  if (DataType.isFixedSizeList(one) && DataType.isFixedSizeList(other) && one.listSize === other.listSize)
    return new FixedSizeList(one.listSize, element);
  return DataType.isLargeList(one) || DataType.isLargeList(other) ? new LargeList(element) : new List(element);
}

/** Every field of either, in the order of the first; one that is missing in the other is null there. Repeated names pair in their order. */
function agreeOnStructs(one: DataType, other: DataType, path: string): DataType | Disagreement {
  const others = childrenOf(other);
  const places = placesByName(others);
  const fields: Field[] = [];
  for (const field of childrenOf(one)) {
    const at = places.get(field.name)?.pop();
    const agreed = at === undefined ? asNullable(field) : agreeOnFields(field, others[at]!, `${path}.${field.name}`);
    if (!(agreed instanceof Field)) return agreed;
    fields.push(agreed);
  }
  const rest = [...places.values()].flat().sort((left, right) => left - right);
  return new Struct([...fields, ...rest.map((at) => asNullable(others[at]!))]);
}

/** Keys with keys and values with values, whatever the names of the two. */
function agreeOnMaps(one: Map_, other: Map_, path: string): DataType | Disagreement {
  const others = fieldsBelow(other, path);
  const entries: Field[] = [];
  for (const [index, { field, path: below }] of fieldsBelow(one, path).entries()) {
    const agreed = agreeOnFields(field, others[index]!.field, below);
    if (!(agreed instanceof Field)) return agreed;
    entries.push(agreed);
  }
  const { name } = childrenOf(one)[0]!;
  return new Map_(new Field(name, new Struct(entries), false) as never, one.keysSorted && other.keysSorted);
}

/** The field as it must be where some source has none. */
function asNullable(field: Field): Field {
  return field.nullable ? field : new Field(field.name, field.type as DataType, true, field.metadata);
}

function agreeOnTypes(one: DataType, other: DataType, path: string): DataType | Disagreement {
  if (DataType.isNull(one)) return other;
  if (DataType.isNull(other)) return one;
  if (isList(one) && isList(other)) return agreeOnLists(one, other, path);
  if (DataType.isStruct(one) && DataType.isStruct(other)) return agreeOnStructs(one, other, path);
  if (DataType.isMap(one) && DataType.isMap(other)) return agreeOnMaps(one, other, path);
  if (sameType(one, other)) return one;
  return (
    agreeOnNumbers(one, other) ?? agreeOnTimes(one, other) ?? agreeOnBytes(one, other) ?? { column: path, one, other }
  );
}

/**
 * The field that both widen to without a change of meaning: the least type that holds the values of both (where only their values can
 * tell, the conversion checks them), nullable if either is or if either has only nulls, with the name of the first and the metadata that both have (see `agreedMetadata`).
 * Both must be plain (`plainField`).
 */
export function agreeOnFields(one: Field, other: Field, path: string = one.name): Field | Disagreement {
  const type = agreeOnTypes(one.type as DataType, other.type as DataType, path);
  if (!(type instanceof DataType)) return type;
  const metadata = agreedMetadata(one, other, type);
  const onlyNulls = DataType.isNull(one.type) || DataType.isNull(other.type);
  return new Field(one.name, type, one.nullable || other.nullable || onlyNulls, metadata);
}
