import type { JsonValue } from '@riffle/core';
import { typeText } from '@riffle/columnar';
import { DataType, type Field, type FixedSizeList, type Timestamp } from 'apache-arrow';
import { isObject, type Feature } from './feature.ts';

/** What sources agreed a column to be, before its type is known: where nothing is said, the type tells all. */
export type AgreedFeature =
  | { readonly kind: 'value' }
  | { readonly kind: 'special'; readonly feature: Feature }
  | { readonly kind: 'list'; readonly element: AgreedFeature }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, AgreedFeature>; readonly sequence: boolean };

/** Whether anything is said that the type does not tell. */
export function isSpecial(agreed: AgreedFeature): boolean {
  if (agreed.kind === 'list') return isSpecial(agreed.element);
  if (agreed.kind === 'struct') return agreed.sequence || [...agreed.fields.values()].some(isSpecial);
  return agreed.kind === 'special';
}

/** The dtype of a Value, as `datasets` names it (datasets/features/features.py, `_arrow_to_datasets_dtype`); undefined where it has none. */
function dtypeOf(type: DataType): string | undefined {
  if (DataType.isMap(type) || DataType.isInterval(type)) return undefined;
  if (DataType.isDecimal(type) && type.bitWidth < 128) return undefined;
  const text = typeText(type);
  if (DataType.isFloat(type)) return `float${16 << type.precision}`;
  if (DataType.isTimestamp(type)) {
    const { timezone } = type as Timestamp;
    return timezone ? text.replace(/, .*\]$/, `, tz=${timezone}]`) : text;
  }
  if (DataType.isFixedSizeBinary(type)) return `fixed_size_binary[${type.byteWidth}]`;
  if (DataType.isDate(type)) return type.unit === 0 ? 'date32' : 'date64';
  return text;
}

const childrenOf = (type: DataType) => (type.children ?? []) as Field[];
const typeOf = (field: Field) => field.type as DataType;

/** `older` is as `wantOlderLists` means it: there a `Sequence` of a struct would be a struct of lists. */
function listFeature(type: DataType, element: Feature, older: boolean): Feature {
  const parts = { feature: element as JsonValue };
  if (DataType.isLargeList(type)) return { ...parts, _type: 'LargeList' };
  const length = DataType.isFixedSizeList(type) ? { length: (type as FixedSizeList).listSize } : {};
  const isStruct = isObject(element) && typeof element['_type'] !== 'string';
  if (older && isStruct && DataType.isList(type)) return [element as JsonValue];
  return { ...parts, ...length, _type: older && !isStruct ? 'Sequence' : 'List' };
}

function structFeature(type: DataType, agreed: AgreedFeature, older: boolean): Feature | undefined {
  const said = agreed.kind === 'struct' ? agreed : undefined;
  const fields: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
  const sequence = said?.sequence === true && childrenOf(type).every((field) => DataType.isList(typeOf(field)));
  for (const field of childrenOf(type)) {
    const below = said?.fields.get(field.name) ?? { kind: 'value' };
    const inner = sequence ? (below.kind === 'list' ? below.element : ({ kind: 'value' } as const)) : below;
    const feature = featureOf(sequence ? typeOf(childrenOf(typeOf(field))[0]!) : typeOf(field), inner, older);
    if (feature === undefined) return undefined;
    Object.defineProperty(fields, field.name, { value: feature, enumerable: true });
  }
  return sequence ? { feature: { ...fields }, _type: 'Sequence' } : { ...fields };
}

/**
 * The feature of a type, with what was agreed on; undefined for types that `datasets` has no feature for.
 * @param older whether lists are spelled so that versions of `datasets` before 4 understand them
 */
export function featureOf(type: DataType, agreed: AgreedFeature, older: boolean): Feature | undefined {
  if (agreed.kind === 'special') return agreed.feature;
  if (DataType.isStruct(type)) return structFeature(type, agreed, older);
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type)) {
    const said = agreed.kind === 'list' ? agreed : undefined;
    const element = featureOf(typeOf(childrenOf(type)[0]!), said?.element ?? { kind: 'value' }, older);
    return element === undefined ? undefined : listFeature(type, element, older);
  }
  const dtype = dtypeOf(type);
  return dtype === undefined ? undefined : { dtype, _type: 'Value' };
}
