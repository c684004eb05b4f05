import { DataType, Int32 } from 'apache-arrow';
import { bytesForBits } from '../bits.ts';
import { noBytes, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';
import { takeColumn } from '../take.ts';
import { isText } from '../types/type-name.ts';
import { misfit, refuse } from './conversion-failure.ts';
import { bytesOfWords, convertNumbers, isNoLabel, withValues } from './convert-numbers.ts';
import { labelIndexOf } from './label-index.ts';
import { blockLength, blockLoader, createBlock } from './number-blocks.ts';
import { numberKind } from './number-kinds.ts';
import { eachPresent, isPresent, lowestPresent } from './presence.ts';
import { valueText } from './print-values.ts';

/**
 * Labels by their number as their names; −1 is no label, thus null.
 * @throws ConversionFailure for the first number that is none of a name; RangeError if the text would pass 2^31 bytes.
 */
export function convertToNames(source: Column, target: DataType, names: readonly string[]): Column {
  const kind = numberKind(source.type);
  if (kind === undefined || kind.startsWith('float') || !isText(target))
    throw misfit(source.type, target, { kind: 'label-names', names });
  const { length } = source;
  const load = blockLoader(kind, source);
  const block = createBlock();
  const rows = new Uint32Array(length);
  const validity = new Uint8Array(bytesForBits(length));
  const outside = lowestPresent(source);
  for (let start = 0; start < length; start += blockLength) {
    const count = Math.min(blockLength, length - start);
    // Integers that no double equals are far outside of any names.
    load(block, start, count, () => {});
    for (let index = 0; index < count; index++) {
      const label = block.values[index]!;
      const row = start + index;
      if (label >= 0 && label < names.length) {
        rows[row] = label;
        if (isPresent(source, row)) validity[row >> 3]! |= 1 << (row & 7);
      } else if (label !== -1) outside.suspect(row);
    }
    if (outside.row < Infinity) refuse(outside.row, valueText(source, outside.row), target, isNoLabel(names.length));
  }
  const { column } = labelIndexOf(names);
  const texts = takeColumn([column], { which: undefined, rows }, 0, length, { validity, validityOffset: 0 });
  return { ...texts, type: target, layout: layoutOf(target) };
}

/** Texts as the numbers of the labels that they name. @throws ConversionFailure for the first text that names none. */
export function convertFromNames(source: Column, target: DataType, names: readonly string[]): Column {
  if (!isText(source.type) || !DataType.isInt(target))
    throw misfit(source.type, target, { kind: 'label-numbers', names });
  const { numberOf } = labelIndexOf(names);
  const { values = noBytes, offsets } = source;
  const labels = new Int32Array(source.length);
  eachPresent(source, (row) => {
    labels[row] =
      numberOf(values, offsets![row]!, offsets![row + 1]!) ??
      refuse(row, valueText(source, row), target, `: it is not the name of one of the ${names.length} labels`);
  });
  return convertNumbers(withValues(source, new Int32(), bytesOfWords(labels)), target);
}
