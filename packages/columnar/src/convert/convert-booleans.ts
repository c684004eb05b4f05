import { DataType } from 'apache-arrow';
import { bitAt, bytesForBits } from '../bits.ts';
import { noBytes, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';
import { misfit, refuse } from './conversion-failure.ts';
import { withValues } from './convert-numbers.ts';
import { eachPresent } from './presence.ts';
import { valueText } from './print-values.ts';

/** Booleans as the integers 0 and 1, and back. @throws ConversionFailure for the first other integer. */
export function convertBooleans(source: Column, target: DataType): Column {
  if (DataType.isBool(source.type) && DataType.isInt(target)) return asIntegers(source, target);
  if (DataType.isInt(source.type) && DataType.isBool(target)) return asBooleans(source, target);
  throw misfit(source.type, target, { kind: 'number' });
}

function asIntegers(source: Column, target: DataType): Column {
  const { width } = layoutOf(target) as { readonly width: number };
  const { values = noBytes, valuesOffset, length } = source;
  const out = new Uint8Array(length * width);
  eachPresent(source, (row) => {
    if (bitAt(values, valuesOffset + row)) out[row * width] = 1;
  });
  return withValues(source, target, out);
}

function asBooleans(source: Column, target: DataType): Column {
  const { width } = source.layout as { readonly width: number };
  const { values = noBytes, length } = source;
  const out = new Uint8Array(bytesForBits(length));
  eachPresent(source, (row) => {
    const start = row * width;
    let higher = 0;
    for (let at = start + 1; at < start + width; at++) higher |= values[at]!;
    if (higher !== 0 || values[start]! > 1) refuse(row, valueText(source, row), target, ': it is neither 0 nor 1');
    out[row >> 3]! |= values[start]! << (row & 7);
  });
  return withValues(source, target, out);
}
