import { isShardPath, shardTotals, type Manifest, type ShardTotal } from '@riffle/core';
import { createDeal } from '@riffle/shuffler';
import { shardName } from '../moving/open-shard.ts';
import { sumOfFingerprints } from './sum-of-fingerprints.ts';

/** Sentences about what cannot be in a manifest that a run wrote. */
export interface OutputContradictions {
  /** About file names: none of the shards may be opened. */
  readonly names: readonly string[];
  readonly others: readonly string[];
}

/** Names, rows and fingerprints of the output shards against the plan and against each other. */
export function outputContradictions(
  { plan, receipt }: Manifest,
  extension: string,
  maximumRows: number,
): OutputContradictions {
  const { outputs } = receipt;
  const others: string[] = [];
  const shards = shardTotals(outputs);
  if (shards.length !== plan.shards)
    others.push(`The manifest lists ${shards.length} shards and its plan says ${plan.shards}.`);
  const parts = wrongParts(receipt.outputs, plan);
  if (parts !== undefined) others.push(parts);
  const rows = outputs.reduce((sum, output) => sum + output.rows, 0);
  if (rows !== plan.rows)
    others.push(`The manifest's shards have ${rows} rows together and its plan says ${plan.rows}.`);
  else if (plan.rows > maximumRows)
    others.push(`The manifest's plan says ${plan.rows} rows, more than can be shuffled.`);
  else if (shards.length === plan.shards) {
    const uneven = firstUneven(shards, outputs, plan);
    if (uneven !== undefined) others.push(uneven);
  }
  if (sumOfFingerprints(outputs) !== receipt.fingerprint)
    others.push("The fingerprints of the manifest's shards do not add up to receipt.fingerprint.");
  const names = plan.layout === undefined ? wrongNames(outputs, extension) : wrongPaths(outputs, extension);
  return { names, others };
}

function wrongNames(outputs: Manifest['receipt']['outputs'], extension: string): readonly string[] {
  const shard = outputs.findIndex(({ file }, index) => file !== shardName(index, extension));
  if (shard < 0) return [];
  const expected = shardName(shard, extension);
  return [
    `The manifest calls shard ${shard} ${JSON.stringify(outputs[shard]!.file)} instead of ${expected}; no shard was opened.`,
  ];
}

/** A layout may call shards anything that leads nowhere else and to no place twice. */
function wrongPaths(outputs: Manifest['receipt']['outputs'], extension: string): readonly string[] {
  const seen = new Set<string>();
  for (const [shard, { file }] of outputs.entries()) {
    const name = JSON.stringify(file);
    if (!file.endsWith(extension) || !isShardPath(file))
      return [`The manifest calls shard ${shard} ${name}, which is no path of a shard; no shard was opened.`];
    if (seen.has(file.toLowerCase())) return [`The manifest calls two shards ${name}; no shard was opened.`];
    seen.add(file.toLowerCase());
  }
  return [];
}

/** Files of a partitioned result say of which shard and of which values they are; of others, none does. */
function wrongParts(
  outputs: Manifest['receipt']['outputs'],
  { shards, partitionBy }: Manifest['plan'],
): string | undefined {
  const wrong = outputs.find(({ shard, partition }) =>
    partitionBy === undefined
      ? shard !== undefined || partition !== undefined
      : shard === undefined || shard >= shards || partition?.length !== partitionBy.length,
  );
  if (wrong === undefined) return undefined;
  return partitionBy === undefined
    ? `The manifest says that ${wrong.file} is a part of a shard, and its plan divides none.`
    : `The manifest does not say of which of the ${shards} shards and which values ${wrong.file} is a part.`;
}

/** Rows are dealt evenly, so each shard's number of rows follows from the plan. */
function firstUneven(
  totals: readonly ShardTotal[],
  outputs: Manifest['receipt']['outputs'],
  { rows, shards, partitionBy }: Manifest['plan'],
): string | undefined {
  if (shards > rows) return `The manifest's plan says ${shards} shards of ${rows} rows, some of which would be empty.`;
  const deal = createDeal(rows, shards);
  const shard = totals.findIndex((total, index) => total.rows !== deal.rowsOf(index));
  if (shard < 0) return undefined;
  const name = partitionBy === undefined ? outputs[shard]!.file : `shard ${shard}`;
  return `The manifest says that ${name} has ${totals[shard]!.rows} rows; ${rows} rows dealt into ${shards} shards give it ${deal.rowsOf(shard)}.`;
}
