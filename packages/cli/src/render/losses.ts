import type { CollectionReport, Report } from '@riffle/core';
import { count, counted, percentage } from './wording.ts';

/** What was lost, as numbers: the larger share is what `--max-loss` bounds. */
export interface Losses {
  readonly shards: number;
  readonly ofShards: number;
  /** Rows of lost shards whose footers told. */
  readonly knownRows: number;
  readonly share: number;
}

type Counts = Pick<Report, 'rows' | 'lost'> & {
  readonly collections: readonly Omit<CollectionReport, 'rows' | 'name'>[];
};

/** Adds up what a report says was lost. */
export function lossesOf({ rows, lost, collections }: Counts): Losses {
  const shards = sum(collections.map(({ missing, failed, empty }) => missing + failed + empty));
  const ofShards = shards + sum(collections.map(({ loaded }) => loaded));
  const knownRows = sum(lost.map((shard) => shard.rows ?? 0));
  const share = Math.max(shards / Math.max(1, ofShards), knownRows / Math.max(1, rows + knownRows));
  return { shards, ofShards, knownRows, share };
}

/** `lost 3 of 103 shards (2.91%), 1,234 known rows`. */
export function lossesText({ shards, ofShards, knownRows, share }: Losses): string {
  const rows = knownRows === 0 ? '' : ` with ${counted(knownRows, 'known row')}`;
  return `lost ${count(shards)} of ${counted(ofShards, 'shard')}${rows} (${percentage(share)})`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
