import type { LostShard } from './survey.ts';
import type { Strategy } from './plan.ts';

export interface ShardReport {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface CollectionReport {
  readonly name: string;
  readonly loaded: number;
  readonly missing: number;
  readonly failed: number;
  readonly empty: number;
  readonly rows: number;
}

/** What `--json` prints and `run` returns. */
export interface Report {
  readonly ok: true;
  readonly rows: number;
  readonly shards: readonly ShardReport[];
  readonly collections: readonly CollectionReport[];
  readonly lost: readonly Omit<LostShard, 'status'>[];
  readonly peakMemoryBytes: number;
  readonly strategy: Strategy;
  readonly seconds: number;
}
