import { shardTotals, type Manifest } from '@riffle/core';
import { readRun, type RunFacts } from './run-facts.ts';

/** The least, the greatest and the sum of a list of numbers. */
export interface Range {
  readonly least: number;
  readonly most: number;
  readonly sum: number;
}

/** What a report is made of: a manifest, with what follows from it. */
export interface ReportFacts {
  readonly manifest: Manifest;
  readonly run: RunFacts;
  readonly rowsPerShard: Range;
  readonly bytesPerShard: Range;
  /** Shards that should be there: loaded, missing, failed and empty. */
  readonly inputShards: number;
  /** Shards that were lost as a whole. */
  readonly shardsLost: number;
  /** Shards that are in the result in part. */
  readonly shardsSalvaged: number;
  /** Rows lost, as far as footers tell. */
  readonly rowsLost: number;
  /** Bytes of the input files that were used. */
  readonly inputBytes: number;
}

function rangeOf(values: readonly number[]): Range {
  let [least, most, sum] = [Infinity, 0, 0];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
  }
  return { least: values.length === 0 ? 0 : least, most, sum };
}

function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** @param manifest whose `plan` and `receipt` were checked by a schema; of `run` nothing is trusted */
export function reportFacts(manifest: Manifest): ReportFacts {
  const { inputs, outputs, collections, lost } = manifest.receipt;
  const shards = shardTotals(outputs);
  const whole = collections.map(({ missing, failed, empty }) => missing + failed + empty);
  const shardsLost = total(whole);
  return {
    manifest,
    run: readRun(manifest.run),
    rowsPerShard: rangeOf(shards.map(({ rows }) => rows)),
    bytesPerShard: rangeOf(shards.map(({ bytes }) => bytes)),
    inputShards: shardsLost + total(collections.map(({ loaded }) => loaded)),
    shardsLost,
    shardsSalvaged: lost.filter(({ status }) => status === 'salvaged').length,
    rowsLost: total(lost.map(({ rows }) => rows ?? 0)),
    inputBytes: total(inputs.map(({ files }) => total(files.map(({ bytes }) => bytes)))),
  };
}
