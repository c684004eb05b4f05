import { seededRandom, type Random } from '@riffle/testkit';
import { judgeOrder } from '../src/judge-order.ts';
import type { Certificate } from '../src/certificate.ts';

/** Shuffles in place, fairly (R. Durstenfeld, "Algorithm 235", 1964). */
export function shuffle<Items extends { length: number; [index: number]: number }>(
  items: Items,
  random: Random,
): Items {
  for (let index = items.length - 1; index > 0; index--) {
    const other = random.below(index + 1);
    const held = items[index]!;
    items[index] = items[other]!;
    items[other] = held;
  }
  return items;
}

export function sorted(rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, index) => index);
}

export function shuffled(rows: number, seed: number): Float64Array {
  return shuffle(sorted(rows), seededRandom(seed));
}

/** Blocks of `size` rows in random order; rows within stay in theirs. */
export function blocksShuffled(rows: number, size: number, seed: number): Float64Array {
  const blocks = shuffled(Math.ceil(rows / size), seed);
  const order: number[] = [];
  for (const block of blocks)
    for (let row = block * size; row < Math.min(rows, (block + 1) * size); row++) order.push(row);
  return Float64Array.from(order);
}

/** Every `size` rows are shuffled among themselves and stay where they are: shuffling shard by shard, or a buffer that is filled and emptied. */
export function windowsShuffled(rows: number, size: number, seed: number): Float64Array {
  const order = sorted(rows);
  const random = seededRandom(seed);
  for (let start = 0; start < rows; start += size) shuffle(order.subarray(start, start + size), random);
  return order;
}

/** A buffer of `size` rows from which a random one is taken and replaced by the next of the stream: `tf.data` and `datasets` with streaming. */
export function bufferShuffled(source: Float64Array, size: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const buffer = [...source.subarray(0, size)];
  const order = new Float64Array(source.length);
  let filled = 0;
  for (const row of source.subarray(size)) {
    const slot = random.below(buffer.length);
    order[filled++] = buffer[slot]!;
    buffer[slot] = row;
  }
  order.set(shuffle(buffer, random), filled);
  return order;
}

/** One row of each of `files` equal files in turn. */
export function dealtInTurn(rows: number, files: number): Float64Array {
  const each = Math.ceil(rows / files);
  const order: number[] = [];
  for (let row = 0; row < each; row++)
    for (let file = 0; file < files; file++) if (file * each + row < rows) order.push(file * each + row);
  return Float64Array.from(order);
}

/** The whole of an order, judged. */
export function judge(sources: Float64Array): Certificate {
  const rows = sources.length;
  return judgeOrder({ rows, stretches: [{ start: 0, rows }], sources, sourceRows: rows });
}
