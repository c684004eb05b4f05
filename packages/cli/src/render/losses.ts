import { count, counted, type CollectionReport, type Report } from '@riffle/core';
import { percentage } from './wording.ts';

/** What was lost, as numbers: the larger share is what `--max-loss` bounds. */
export interface Losses {
  /** Shards of which nothing is in the result. */
  readonly shards: number;
  /** Shards that are in it in part. */
  readonly salvaged: number;
  readonly ofShards: number;
  /** Lost rows of which footers told. */
  readonly knownRows: number;
  readonly share: number;
}

type Counts = Pick<Report, 'rows' | 'lost'> & {
  readonly collections: readonly Pick<CollectionReport, 'loaded' | 'missing' | 'failed' | 'empty' | 'salvaged'>[];
};

/** Adds up what a report says was lost. */
export function lossesOf({ rows, lost, collections }: Counts): Losses {
  const shards = sum(collections.map(({ missing, failed, empty }) => missing + failed + empty));
  const ofShards = shards + sum(collections.map(({ loaded }) => loaded));
  const knownRows = sum(lost.map((shard) => shard.rows ?? 0));
  // A salvaged shard whose lost rows are not known counts as a lost one.
  const unknown = lost.filter((shard) => shard.rowsKept !== undefined && shard.rows === undefined).length;
  const share = Math.max((shards + unknown) / Math.max(1, ofShards), knownRows / Math.max(1, rows + knownRows));
  return { shards, salvaged: sum(collections.map(({ salvaged }) => salvaged)), ofShards, knownRows, share };
}

/** `lost 3 of 103 shards and 1 in part, with 1,234 known rows (2.91%)`, `lost 1 of 9 shards in part, …` where none is lost as a whole. */
export function lossesText({ shards, salvaged, ofShards, knownRows, share }: Losses): string {
  const all = counted(ofShards, 'shard');
  const whole = `${count(shards)} of ${all}${salvaged === 0 ? '' : ` and ${count(salvaged)} in part`}`;
  const what = shards === 0 && salvaged > 0 ? `${count(salvaged)} of ${all} in part` : whole;
  const rows = knownRows === 0 ? '' : `${salvaged === 0 ? '' : ','} with ${counted(knownRows, 'known row')}`;
  return `lost ${what}${rows} (${percentage(share)})`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
