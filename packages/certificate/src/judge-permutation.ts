import type { Certificate } from './certificate.ts';
import { judgeOrder } from './judge-order.ts';
import { rowsOfStretches, stretchesOf } from './order.ts';

/** A result of Riffle, as far as its order goes: the plan's rows and seed give `sourceOf`, its receipt the rest. */
export interface PermutationToJudge {
  readonly rows: number;
  /** Rows of each output shard, in order; their sum is `rows`. */
  readonly shards: readonly number[];
  /** In plan order: the rows of the first are 0 and following. */
  readonly collections: readonly { readonly name: string; readonly rows: number }[];
  /** The source row at an output position, each in 0 … rows − 1. */
  sourceOf(position: number): number;
}

/**
 * Judges the order that a permutation makes. Up to 2^20 rows all are looked at, of more 256 evenly spaced stretches of 4,096, so it takes about half a
 * second with perm-v1, whatever the number of rows.
 * @example
 * const { plan, receipt } = manifest;
 * const { sourceOf } = createPermutation(plan.rows, plan.seed);
 * judgePermutation({ rows: plan.rows, shards: receipt.outputs.map(({ rows }) => rows), collections: receipt.collections, sourceOf });
 */
export function judgePermutation({ rows, shards, collections, sourceOf }: PermutationToJudge): Certificate {
  const stretches = stretchesOf(rows);
  const sources = new Float64Array(rowsOfStretches(stretches));
  let index = 0;
  for (const { start, rows: length } of stretches)
    for (let position = start; position < start + length; position++) sources[index++] = sourceOf(position);
  const ends = endsOf(collections);
  const of = new Uint32Array(sources.length);
  for (let row = 0; row < sources.length; row++) of[row] = collectionAt(ends, sources[row]!);
  const groups = collections.length > 1 ? ({ kind: 'collection', count: collections.length, of } as const) : undefined;
  return judgeOrder({ rows, stretches, sources, sourceRows: rows, groups, shards });
}

function endsOf(collections: PermutationToJudge['collections']): Float64Array {
  let end = 0;
  return Float64Array.from(collections, ({ rows }) => (end += rows));
}

/** Number of the collection that a source row is of. */
function collectionAt(ends: Float64Array, row: number): number {
  let low = 0;
  let high = Math.max(0, ends.length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row < ends[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
