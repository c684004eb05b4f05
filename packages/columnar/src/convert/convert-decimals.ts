import { DataType } from 'apache-arrow';
import { noBytes, wordsOf, type Column } from '../column.ts';
import { isInRange, readInteger, writeInteger } from './big-integers.ts';
import { misfit, refuse } from './conversion-failure.ts';
import { withValues } from './convert-numbers.ts';
import { convertDecimalsAndFloats } from './decimal-floats.ts';
import { isPresent } from './presence.ts';
import { valueText } from './print-values.ts';
import { rescaled, scaledInteger, type ScaledInteger } from './scaled-integers.ts';

const wordRange = 2 ** 32;

/**
 * Decimals and integers as decimals of any precision, scale and width, or as integers; decimals as floats and back.
 * @throws ConversionFailure for the first value that would lose digits or pass the precision or range of the target.
 */
export function convertDecimals(source: Column, target: DataType): Column {
  if (DataType.isFloat(source.type) || DataType.isFloat(target)) return convertDecimalsAndFloats(source, target);
  const from = scaledInteger(source.type);
  const to = scaledInteger(target);
  if (from === undefined || to === undefined || !(DataType.isDecimal(source.type) || DataType.isDecimal(target)))
    throw misfit(source.type, target, { kind: 'decimal' });
  const values = source.values ?? noBytes;
  const count = source.length;
  if (sameNumbers(from, to)) return withValues(source, target, values);
  const out = new Uint8Array(count * to.width);
  const convertSlowly = (row: number) => {
    if (!isPresent(source, row)) return;
    const value = rescaled(readInteger(values, row * from.width, from.width, from.signed), from.scale, to.scale);
    if (value === undefined || !isInRange(value, to.range)) refuse(row, valueText(source, row), target);
    writeInteger(out, row * to.width, to.width, value);
  };
  if (from.width < 4 || to.width < 4) for (let row = 0; row < count; row++) convertSlowly(row);
  else convertSmall(wordsOf(values), wordsOf(out), count, from, to, convertSlowly);
  return withValues(source, target, out);
}

/** Same bytes, and nothing that the source's type allows is outside the target's. */
function sameNumbers(from: ScaledInteger, to: ScaledInteger): boolean {
  return (
    from.scale === to.scale &&
    from.width === to.width &&
    isInRange(from.range.lowest, to.range) &&
    isInRange(from.range.highest, to.range)
  );
}

/** Values whose whole number is exact in a double before and after, which is nearly all there are; the others are left to `convertSlowly`. */
function convertSmall(
  words: Int32Array,
  out: Int32Array,
  count: number,
  from: ScaledInteger,
  to: ScaledInteger,
  convertSlowly: (row: number) => void,
): void {
  const wordsBefore = from.width >> 2;
  const wordsAfter = to.width >> 2;
  const { signed } = from;
  // A power of ten is exact up to 10^22; a larger one leaves no small product but 0.
  const factor = 10 ** Math.abs(to.scale - from.scale);
  const multiplies = to.scale >= from.scale;
  const lowest = Math.max(Number(to.range.lowest), -Number.MAX_SAFE_INTEGER);
  const highest = Math.min(Number(to.range.highest), Number.MAX_SAFE_INTEGER);
  for (let row = 0; row < count; row++) {
    const at = row * wordsBefore;
    const first = words[at]!;
    const second = wordsBefore === 1 ? (signed ? first >> 31 : 0) : words[at + 1]!;
    const extension = signed ? second >> 31 : 0;
    let high = wordsBefore === 1 || signed ? second : second >>> 0;
    let small = high >= -0x200000 && high < 0x200000;
    for (let word = 2; word < wordsBefore; word++) small &&= words[at + word] === extension;
    const value = high * wordRange + (first >>> 0);
    const result = multiplies ? value * factor : value / factor;
    if (!small || !(result >= lowest && result <= highest) || result !== Math.floor(result)) {
      convertSlowly(row);
      continue;
    }
    const to0 = row * wordsAfter;
    high = Math.floor(result / wordRange);
    out[to0] = result - high * wordRange;
    for (let word = 1; word < wordsAfter; word++) out[to0 + word] = word === 1 ? high : result < 0 ? -1 : 0;
  }
}
