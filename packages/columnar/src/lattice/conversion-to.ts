import { DataType } from 'apache-arrow';
import type { Conversion } from '../convert/conversion.ts';
import { isBinary, isText } from '../types/type-name.ts';
import { typeText } from '../types/type-text.ts';
import { nestedConversion } from './nested-conversion.ts';

const isNumber = (type: DataType) => DataType.isInt(type) || DataType.isFloat(type);
const isBytes = (type: DataType) => isBinary(type) || DataType.isFixedSizeBinary(type);

/** Conversions that keep the meaning of a value; that it fits is checked value by value. Undefined where there is none. */
export function meaningKept(source: DataType, target: DataType): Conversion | undefined {
  if (isNumber(source) && isNumber(target)) return { kind: 'number' };
  if (DataType.isDecimal(target) && (DataType.isDecimal(source) || DataType.isInt(source))) return { kind: 'decimal' };
  for (const family of [DataType.isDate, DataType.isTime, DataType.isDuration])
    if (family(source) && family(target)) return { kind: 'time' };
  if (DataType.isTimestamp(source) && DataType.isTimestamp(target))
    return (source.timezone ?? '') === (target.timezone ?? '') ? { kind: 'time' } : undefined;
  // Two fixed sizes have no value in common.
  const isFixed = DataType.isFixedSizeBinary(source) && DataType.isFixedSizeBinary(target);
  if (isBytes(source) && isBytes(target) && !isFixed) return { kind: 'keep' };
  return isText(source) && isText(target) ? { kind: 'keep' } : undefined;
}

/**
 * How values of `source` become values of `target`, a type that {@link agreeOnFields} gave for it and others. Both must be plain.
 * @throws RangeError if it is none
 */
export function conversionTo(source: DataType, target: DataType): Conversion {
  const conversion = nestedConversion(source, target, meaningKept);
  if (conversion !== undefined) return conversion;
  throw new RangeError(
    `There is no conversion from ${typeText(source)} to ${typeText(target)} that keeps the meaning.`,
  );
}
