import { DataType, type Field } from 'apache-arrow';
import type { Conversion } from '../convert/conversion.ts';
import { plainType } from '../plain-type.ts';
import { isBinary, isText } from '../types/type-name.ts';
import { meaningKept } from './conversion-to.ts';
import { fieldConversion, nestedConversion, type ChosenConversion } from './nested-conversion.ts';

const families = [
  DataType.isInt,
  DataType.isFloat,
  DataType.isBool,
  DataType.isDecimal,
  DataType.isDate,
  DataType.isTime,
  DataType.isTimestamp,
];
const hasText = (type: DataType) => families.some((isOne) => isOne(type));
const isBytes = (type: DataType) => isBinary(type) || DataType.isFixedSizeBinary(type);

/** Conversions that change what a value means, for those who ask for them. */
function meaningChanged(source: DataType, target: DataType): Conversion | undefined {
  if (isText(source) && (hasText(target) || isBytes(target))) return { kind: 'text' };
  if (isText(target) && (hasText(source) || isBytes(source))) return { kind: 'text' };
  if (DataType.isBool(source) && DataType.isInt(target)) return { kind: 'number' };
  if (DataType.isInt(source) && DataType.isBool(target)) return { kind: 'number' };
  if (DataType.isDecimal(source) && (DataType.isInt(target) || DataType.isFloat(target))) return { kind: 'decimal' };
  if (DataType.isFloat(source) && DataType.isDecimal(target)) return { kind: 'decimal' };
  // Of one zone to another: the other case keeps the meaning.
  if (DataType.isTimestamp(source) && DataType.isTimestamp(target)) return { kind: 'time' };
  return undefined;
}

/**
 * How values of `source` become values of `target` for a recipe's `cast`, at every level of nesting: all that `conversionTo` does, and
 * - text from and to numbers, booleans, decimals, dates, times and timestamps; bytes from and to text, which must be UTF-8;
 * - booleans from and to integers, 0 and 1; decimals from and to floats, if going back gives the same value;
 * - timestamps of another zone or of none: the ticks stay. So between two zones the instant stays and the clock shows another time; a time
 *   without a zone is taken for one in UTC, and the zone's own clock is not asked.
 *
 * Fields of structs go by name: what the source has not is null, what the target has not is dropped. Each value is checked: one that the
 * target cannot hold fails its shard, nothing is rounded or cut off.
 * @returns Undefined if there is no way, at any level.
 */
export function castTo(source: DataType, target: DataType): Conversion | undefined {
  return nestedConversion(plainType(source), plainType(target), anyMeaning);
}

/**
 * As {@link castTo}, for a column; what `choose` decides goes before what types say.
 * @param source undefined if there is none
 * @param path of the target, as recipes spell it
 */
export function castColumn(
  source: Field | undefined,
  target: Field,
  path: string,
  choose: ChosenConversion,
): Conversion | undefined {
  return fieldConversion(source, target, path, { leaf: castTo, choose });
}

const anyMeaning = (source: DataType, target: DataType) =>
  meaningKept(source, target) ?? meaningChanged(source, target);
