import type { PluginIdentity } from './plugin.ts';

/** A bijection of the row numbers 0 … rows − 1 and its inverse. */
export interface Permutation {
  readonly rows: number;
  /** Output position of global row `row`. */
  positionOf(row: number): number;
  /** Global row at output position `position`. */
  sourceOf(position: number): number;
  /** Writes the positions of rows `start` … `start + out.length − 1` into `out`. */
  positionsOf(start: number, out: Float64Array): void;
}

/** Decides where every row goes, from three values alone. */
export interface Shuffler extends PluginIdentity<'shuffler'> {
  readonly capabilities: Readonly<{ maximumRows: number }>;
  plan(rows: number, seed: string): Permutation;
}
