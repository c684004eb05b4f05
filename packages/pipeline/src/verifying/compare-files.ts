import type { Finding, InputShardReceipt, Manifest, SurveyedCollection, SurveyedFile } from '@riffle/core';
import { groupBy } from '../survey/group-by.ts';
import { compareShard } from './compare-shard.ts';
import { extraInputs } from './extra-inputs.ts';
import { inputFinding } from './input-finding.ts';
import { fileKey } from './receipt-survey.ts';

/** What {@link compareFiles} found, and the files of the receipt that can be read, by {@link fileKey}. */
export interface ComparedFiles {
  readonly findings: readonly Finding[];
  readonly found: ReadonlyMap<string, SurveyedFile>;
}

/** The files of one collection as found now, also by further paths to them. */
function filesOf(collection: SurveyedCollection, receipts: readonly InputShardReceipt[]): Map<string, SurveyedFile> {
  const files = [
    ...(collection.twins ?? []).map(({ file }) => file),
    ...collection.shards.flatMap((shard) => shard.files),
  ];
  const [only] = receipts;
  // One file may have another name where it is now.
  const renamed = collection.singleFile === true && receipts.length === 1 && only!.files.length === 1;
  return new Map(files.map((file) => [renamed ? only!.files[0]!.path : file.path, file]));
}

/** Compares names, sizes and rows of what is there now with the receipt. `surveyed` goes along with the plan's collections; undefined where there is nothing. */
export function compareFiles(
  { plan, receipt }: Manifest,
  surveyed: readonly (SurveyedCollection | undefined)[],
  locations: readonly { readonly location: string }[],
): ComparedFiles {
  const findings: Finding[] = [];
  const found = new Map<string, SurveyedFile>();
  const inputs = groupBy(receipt.inputs, ({ collection }) => collection);
  const lost = groupBy(receipt.lost, ({ collection }) => collection);
  for (const [index, { name }] of plan.collections.entries()) {
    const now = surveyed[index];
    const receipts = inputs.get(name) ?? [];
    const lostThen = new Map((lost.get(name) ?? []).map((shard) => [shard.path, shard]));
    if (now === undefined) {
      const { location } = locations[index]!;
      const says = `is not there: ${location} does not exist. If it was moved, say where to with --input ${name}=PATH`;
      if (receipts.length > 0) findings.push(inputFinding({ collection: name }, 'missing', says));
      continue;
    }
    const there = filesOf(now, receipts);
    for (const shard of receipts) {
      findings.push(...compareShard(shard, there, now.lost, lostThen.get(shard.path)));
      for (const { path } of shard.files) {
        const file = there.get(path);
        if (file !== undefined) found.set(fileKey(name, path), file);
      }
    }
    const renamed = now.singleFile === true;
    if (!renamed) findings.push(...extraInputs(now, new Map(receipts.map((shard) => [shard.path, shard])), lostThen));
  }
  return { findings, found };
}
