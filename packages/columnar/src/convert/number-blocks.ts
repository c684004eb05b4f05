import { noBytes, wordsOf, type Column } from '../column.ts';
import { halfOfNumber, highWordsOfHalves, numberOfHalf } from './half-float.ts';
import { isLaneKind, lanesOf, type NumberKind } from './number-kinds.ts';

/** Few enough values that a block stays in the first cache between the steps of a conversion. */
export const blockLength = 1024;
const wordRange = 2 ** 32;

/** Some values on their way from one type to another, as doubles. */
export interface Block {
  readonly values: Float64Array;
  /** The same memory. */
  readonly words: Int32Array;
}

export function createBlock(): Block {
  const values = new Float64Array(blockLength);
  return { values, words: new Int32Array(values.buffer) };
}

/** Hears of a row, null or not, whose value is not what it was. */
export type Suspect = (row: number) => void;
/** Moves values `start … start + count` of a column into the block's beginning, or out of it. */
export type MoveBlock = (block: Block, start: number, count: number, suspect: Suspect) => void;

/** Reads numbers as doubles; integers that no double equals are suspected. */
export function blockLoader(kind: NumberKind, { values = noBytes }: Column): MoveBlock {
  if (isLaneKind(kind)) {
    const lanes = lanesOf(kind, values);
    return (block, start, count) => block.values.set(lanes.subarray(start, start + count));
  }
  if (kind === 'float16') {
    const halves = lanesOf('uint16', values) as Uint16Array;
    return (block, start, count) => loadHalves(block.words, halves, start, count);
  }
  const words = wordsOf(values);
  if (kind === 'float64')
    // As words: the values need not stand at a multiple of 8, and NaNs keep their bits.
    return (block, start, count) => block.words.set(words.subarray(2 * start, 2 * (start + count)));
  const signed = kind === 'int64';
  return (block, start, count, suspect) => loadPairs(block.values, words, signed, start, count, suspect);
}

function loadHalves(out: Int32Array, halves: Uint16Array, start: number, count: number): void {
  const high = highWordsOfHalves();
  for (let index = 0; index < count; index++) {
    out[2 * index] = 0;
    out[2 * index + 1] = high[halves[start + index]!]!;
  }
}

function loadPairs(
  out: Float64Array,
  words: Int32Array,
  signed: boolean,
  start: number,
  count: number,
  suspect: Suspect,
): void {
  for (let index = 0; index < count; index++) {
    const low = words[2 * (start + index)]! >>> 0;
    const word = words[2 * (start + index) + 1]!;
    const high = signed ? word : word >>> 0;
    const value = high * wordRange + low;
    out[index] = value;
    // The product is exact; the sum may have been rounded.
    const back = Math.floor(value / wordRange);
    if (back !== high || value - back * wordRange !== low) suspect(start + index);
  }
}

/** Writes doubles as numbers of a kind; those that it cannot hold are suspected. */
export function blockStorer(kind: NumberKind, out: Uint8Array): MoveBlock {
  if (isLaneKind(kind)) {
    const lanes = lanesOf(kind, out);
    const back = new Float64Array(blockLength);
    return (block, start, count, suspect) => {
      const target = lanes.subarray(start, start + count);
      target.set(count === blockLength ? block.values : block.values.subarray(0, count));
      back.set(target);
      compare(block.values, back, start, count, suspect);
    };
  }
  if (kind === 'float16') {
    const halves = lanesOf('uint16', out) as Uint16Array;
    return (block, start, count, suspect) => storeHalves(block.values, halves, start, count, suspect);
  }
  const words = wordsOf(out);
  if (kind === 'float64') return (block, start, count) => words.set(block.words.subarray(0, 2 * count), 2 * start);
  const lowest = kind === 'int64' ? -(2 ** 31) : 0;
  return (block, start, count, suspect) => storePairs(block.values, words, lowest, start, count, suspect);
}

function compare(before: Float64Array, after: Float64Array, start: number, count: number, suspect: Suspect): void {
  for (let index = 0; index < count; index++) {
    const value = before[index]!;
    const back = after[index]!;
    if (value !== back && (value === value || back === back)) suspect(start + index);
  }
}

function storeHalves(values: Float64Array, halves: Uint16Array, start: number, count: number, suspect: Suspect): void {
  for (let index = 0; index < count; index++) {
    const value = values[index]!;
    const half = halfOfNumber(value);
    halves[start + index] = half;
    if (value === value && numberOfHalf(half) !== value) suspect(start + index);
  }
}

/** `lowest` is that of the higher word: its range is 2^32 wide. */
function storePairs(
  values: Float64Array,
  words: Int32Array,
  lowest: number,
  start: number,
  count: number,
  suspect: Suspect,
): void {
  for (let index = 0; index < count; index++) {
    const value = values[index]!;
    const high = Math.floor(value / wordRange);
    const low = value - high * wordRange;
    words[2 * (start + index)] = low;
    words[2 * (start + index) + 1] = high;
    // NaN and the infinities fail the comparisons too.
    if (!(high >= lowest && high < lowest + wordRange && low === Math.floor(low))) suspect(start + index);
  }
}
