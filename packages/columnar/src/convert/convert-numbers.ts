import type { DataType } from 'apache-arrow';
import { makeColumn, noBytes, wordsOf, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';
import { misfit, refuse } from './conversion-failure.ts';
import { blockLength, blockLoader, blockStorer, createBlock, type MoveBlock, type Suspect } from './number-blocks.ts';
import { holdsAll, isLaneKind, lanesOf, numberKind, type Lanes, type NumberKind } from './number-kinds.ts';
import { lowestPresent, type LowestRow } from './presence.ts';
import { valueText } from './print-values.ts';
import { widenWords } from './wide-integer.ts';

const bytesPerValue = (type: DataType) => (layoutOf(type) as { readonly width: number }).width;

export const bytesOfWords = (words: Int32Array) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** A column of the source's rows and nulls with other values. */
export function withValues({ length, validity, validityOffset }: Column, type: DataType, values: Uint8Array): Column {
  return makeColumn({ type, layout: layoutOf(type), length, validity, validityOffset, values });
}

/** Numbers as another number type. @throws ConversionFailure for the first value that it cannot hold exactly. */
export function convertNumbers(source: Column, target: DataType): Column {
  const from = numberKind(source.type);
  const to = numberKind(target);
  if (from === undefined || to === undefined) throw misfit(source.type, target, { kind: 'number' });
  const values = source.values ?? noBytes;
  if (from === to) return withValues(source, target, values);
  if (from === 'int64' || from === 'uint64') {
    if (to === 'int64' || to === 'uint64') {
      const changed = lowestPresent(source);
      checkSigns(wordsOf(values), source.length, changed.suspect);
      refuseChanged(source, target, changed);
      return withValues(source, target, values);
    }
  }
  if (isLaneKind(from) && (to === 'int64' || to === 'uint64') && holdsAll(from, to)) {
    const words = bytesPerValue(source.type) === 4 ? wordsOf(values) : widened(lanesOf(from, values), source.length);
    return withValues(source, target, bytesOfWords(widenWords(words, source.length, !from.startsWith('u'))));
  }
  const out = new Uint8Array(source.length * bytesPerValue(target));
  if (isLaneKind(from) && isLaneKind(to) && holdsAll(from, to)) {
    lanesOf(to, out).set(lanesOf(from, values).subarray(0, source.length));
  } else {
    moveBlocks(source, from, target, blockStorer(to, out));
  }
  return withValues(source, target, out);
}

function widened(lanes: Lanes, count: number): Int32Array {
  const words = new Int32Array(count);
  words.set(lanes.subarray(0, count));
  return words;
}

/**
 * Labels by their number under other numbers: i becomes `map[i]`, −1 stays.
 * @throws ConversionFailure for the first number outside of the map.
 */
export function convertLabels(source: Column, target: DataType, map: readonly number[]): Column {
  const from = numberKind(source.type);
  const to = numberKind(target);
  if (from === undefined || to === undefined || from.startsWith('float') || to.startsWith('float'))
    throw misfit(source.type, target, { kind: 'labels', map });
  const out = new Uint8Array(source.length * bytesPerValue(target));
  const store = blockStorer(to, out);
  const numbers = Float64Array.from(map);
  const outside = lowestPresent(source);
  const mapAndStore: MoveBlock = (block, start, count, suspect) => {
    mapLabels(block.values, numbers, start, count, outside.suspect);
    store(block, start, count, suspect);
    if (outside.row < Infinity) suspect(outside.row);
  };
  const explain = (row: number) => (row === outside.row ? isNoLabel(map.length) : undefined);
  moveBlocks(source, from, target, mapAndStore, explain);
  return withValues(source, target, out);
}

/** Why a number was refused. */
export function isNoLabel(labels: number): string {
  return `: it is not the number of one of the ${labels} labels`;
}

function refuseChanged(
  source: Column,
  target: DataType,
  { row }: LowestRow,
  explain?: (row: number) => string | undefined,
): void {
  if (row < Infinity) refuse(row, valueText(source, row), target, explain?.(row));
}

function moveBlocks(
  source: Column,
  kind: NumberKind,
  target: DataType,
  store: MoveBlock,
  explain?: (row: number) => string | undefined,
): void {
  const load = blockLoader(kind, source);
  const block = createBlock();
  const changed = lowestPresent(source);
  for (let start = 0; start < source.length; start += blockLength) {
    const count = Math.min(blockLength, source.length - start);
    load(block, start, count, changed.suspect);
    store(block, start, count, changed.suspect);
    refuseChanged(source, target, changed, explain);
  }
}

/** Values that both int64 and uint64 hold have the same bits in both, the highest being 0. */
function checkSigns(words: Int32Array, count: number, suspect: Suspect): void {
  for (let row = 0; row < count; row++) if (words[2 * row + 1]! < 0) suspect(row);
}

function mapLabels(values: Float64Array, map: Float64Array, start: number, count: number, suspect: Suspect): void {
  for (let index = 0; index < count; index++) {
    const label = values[index]!;
    if (label >= 0 && label < map.length) values[index] = map[label]!;
    else if (label !== -1) suspect(start + index);
  }
}
