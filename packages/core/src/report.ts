import type { LossKind } from './loss-kinds.ts';
import type { LostShard } from './survey.ts';
import type { Strategy } from './plan.ts';

/** One file of the result: a shard, unless the result is partitioned. */
export interface ShardReport {
  readonly file: string;
  /** Number of the shard that it is a part of, from 0. Only where the result is partitioned. */
  readonly shard?: number;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface CollectionReport {
  readonly name: string;
  /** Shards that gave rows, or have none; salvaged ones among them. */
  readonly loaded: number;
  readonly missing: number;
  readonly failed: number;
  readonly empty: number;
  /** Of those loaded, how many gave only a part of their rows. */
  readonly salvaged: number;
  readonly rows: number;
}

/** What one kind of damage cost one collection. A shard counts under the kind that its reason tells. */
export interface LossesOfKind {
  readonly kind: LossKind;
  /** Shards lost, wholly or in part. */
  readonly shards: number;
  /** Rows lost, as far as footers tell. */
  readonly rows: number;
}

/** What one collection lost. */
export interface CollectionLosses {
  readonly collection: string;
  /** Shards of which nothing is in the result. */
  readonly shards: number;
  /** Shards that are in the result in part. */
  readonly salvaged: number;
  /** Shards that should be there: loaded, missing, failed and empty. */
  readonly ofShards: number;
  /** Rows lost, as far as footers tell. */
  readonly rows: number;
  /** Rows that are in the result or known to be lost. */
  readonly ofRows: number;
  /** What `maxLoss` bounds over all collections together: the larger of the shares of shards and of rows. */
  readonly percent: number;
  /** Most shards first. */
  readonly kinds: readonly LossesOfKind[];
}

/** What `--json` prints and `run` returns. */
export interface Report {
  readonly ok: true;
  readonly rows: number;
  readonly shards: readonly ShardReport[];
  readonly collections: readonly CollectionReport[];
  readonly lost: readonly Omit<LostShard, 'status'>[];
  /** One for every collection that lost something. */
  readonly losses: readonly CollectionLosses[];
  /** What was warned of, each sentence once: metadata left out, labels renumbered, links. The first thousand. */
  readonly warnings: readonly string[];
  readonly peakMemoryBytes: number;
  readonly strategy: Strategy;
  readonly seconds: number;
}
