import { mostRows, stretchRows } from './thresholds.ts';

/** A run of consecutive positions of the order. */
export interface Stretch {
  readonly start: number;
  readonly rows: number;
}

/** Where judged rows came from, for a table of their shares. */
export interface Groups {
  /** How people call them. */
  readonly kind: 'collection' | 'value';
  readonly count: number;
  /** The group of each judged row, 0 … count − 1. */
  readonly of: Uint32Array;
}

/**
 * An order to be judged: for each judged row, in output order, where it was before.
 * The caller owns the arrays; nothing here changes them.
 */
export interface Order {
  /** Rows of the whole order; its positions are 0 … rows − 1. */
  readonly rows: number;
  /** The positions that are judged: ascending, apart from each other. */
  readonly stretches: readonly Stretch[];
  /** For each judged row its place in the source, a whole number in 0 … sourceRows − 1. No two are equal: see `rankNumbers`. */
  readonly sources: Float64Array;
  /** Either `rows`, or the number of judged rows if sources are ranks among these. */
  readonly sourceRows: number;
  readonly groups?: Groups | undefined;
  /** Rows of each shard, in order; their sum is `rows`. */
  readonly shards?: readonly number[] | undefined;
}

/** The positions of an order of `rows` rows that are judged: all, or evenly spaced stretches from its first row to its last. */
export function stretchesOf(rows: number): readonly Stretch[] {
  if (rows === 0) return [];
  if (rows <= mostRows) return [{ start: 0, rows }];
  const count = mostRows / stretchRows;
  return Array.from({ length: count }, (_, index) => ({
    start: Math.floor(((rows - stretchRows) / (count - 1)) * index),
    rows: stretchRows,
  }));
}

/** Rows of all stretches. */
export function rowsOfStretches(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { rows }) => sum + rows, 0);
}
