import { DataType, type Field } from 'apache-arrow';
import { typeText } from '../types/type-text.ts';

/** Name and parameters of one of Arrow's extension types: neither means anything without the other. https://arrow.apache.org/docs/format/Columnar.html#extension-types */
const extensionKeys = ['ARROW:extension:name', 'ARROW:extension:metadata'] as const;

/** Under which readers note a logical type of their format that Arrow has no type for. */
const LOGICAL_TYPE_KEY = 'PARQUET:logical_type';

function without(metadata: ReadonlyMap<string, string>, keys: readonly string[]): Map<string, string> {
  return new Map([...metadata].filter(([key]) => !keys.includes(key)));
}

/** A field's metadata without what says more of its values than their type: for values that a recipe takes for something else. */
export function withoutTypeMetadata(metadata: ReadonlyMap<string, string>): Map<string, string> {
  return without(metadata, [...extensionKeys, LOGICAL_TYPE_KEY]);
}

/** What a field is beyond its type, for people: `UUID`, `geoarrow.wkb {"crs":"EPSG:4326"}`; undefined if it is nothing more. */
export function typeLabel({ metadata }: Field): string | undefined {
  const [name, parameters] = extensionKeys.map((key) => metadata.get(key));
  const extension = name === undefined ? undefined : [name, parameters].filter(Boolean).join(' ');
  return metadata.get(LOGICAL_TYPE_KEY) ?? extension;
}

/**
 * The metadata of a field on which two agree: what both have alike; of two of which one has only nulls, that of the other. An extension type
 * stays only as a whole, and only where nothing is widened, since it may not allow the wider type.
 */
export function agreedMetadata(one: Field, other: Field, agreed: DataType): Map<string, string> {
  if (DataType.isNull(one.type) !== DataType.isNull(other.type))
    return DataType.isNull(one.type) ? other.metadata : one.metadata;
  const shared = new Map([...one.metadata].filter(([key, value]) => other.metadata.get(key) === value));
  if (!extensionKeys.some((key) => shared.has(key))) return shared;
  const type = typeText(agreed);
  const same =
    extensionKeys.every((key) => one.metadata.get(key) === other.metadata.get(key)) &&
    [one, other].every((field) => typeText(field.type as DataType) === type);
  return same ? shared : without(shared, extensionKeys);
}
