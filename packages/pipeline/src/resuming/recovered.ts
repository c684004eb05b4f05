import type { WrittenShard } from '../moving/open-shard.ts';
import type { Sums } from '../moving/move-rows.ts';
import type { ScatterResult } from '../moving/scatter-unit.ts';

/** What an interrupted run left that is whole; nothing at the start of a job. */
export interface Recovered {
  /** The fingerprints of the whole input. Once they are known, reading again needs no proof of its own. */
  readonly sums: Sums | undefined;
  /** By number: all files of a shard, written, verified, and found unchanged. */
  readonly shards: ReadonlyMap<number, readonly WrittenShard[]>;
  /** By number of the unit: what scattering it gave, its spill file found unchanged. */
  readonly units: ReadonlyMap<number, ScatterResult>;
}

export const nothingRecovered: Recovered = { sums: undefined, shards: new Map(), units: new Map() };
