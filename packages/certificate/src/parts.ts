import type { Order } from './order.ts';

/** With fewer shards the order is cut into equal parts instead: they see more. */
const fewestShards = 8;

/** Parts of the output, each some whole shards, or an equal share of the judged rows. */
export interface Parts {
  readonly ofShards: boolean;
  readonly count: number;
  /** The part of each judged row, ascending. */
  readonly of: Uint32Array;
}

/** The shard of each judged row. */
function shardsOfRows({ stretches, sources }: Order, shards: readonly number[]): Uint32Array {
  const of = new Uint32Array(sources.length);
  let shard = 0;
  let end = shards[0]!;
  let index = 0;
  for (const { start, rows } of stretches) {
    for (let position = start; position < start + rows; position++) {
      while (position >= end && shard < shards.length - 1) end += shards[++shard]!;
      of[index++] = shard;
    }
  }
  return of;
}

/** @param rowsPerPart the least number of judged rows of a part; at least two parts of this size are there */
export function partsOf(order: Order, rowsPerPart: number): Parts {
  const total = order.sources.length;
  const of = new Uint32Array(total);
  const { shards = [] } = order;
  if (shards.length < fewestShards) {
    const count = Math.floor(total / rowsPerPart);
    for (let index = 0; index < total; index++) of[index] = Math.floor((index * count) / total);
    return { ofShards: false, count, of };
  }
  const shardOf = shardsOfRows(order, shards);
  let part = 0;
  let held = 0;
  for (let index = 0; index < total; index++) {
    const isNewShard = index > 0 && shardOf[index] !== shardOf[index - 1];
    // What is left must be enough for a part of its own.
    if (isNewShard && held >= rowsPerPart && total - index >= rowsPerPart) {
      part++;
      held = 0;
    }
    of[index] = part;
    held++;
  }
  return { ofShards: true, count: part + 1, of };
}
