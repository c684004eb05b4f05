import type {
  Finding,
  FindingCode,
  InputPlace,
  InputShardReceipt,
  LostShard,
  Manifest,
  SurveyedCollection,
  SurveyedFile,
} from '@riffle/core';
import { fileKey } from './receipt-survey.ts';

/** What {@link compareFiles} found, and the files of the receipt that can be read, by {@link fileKey}. */
export interface ComparedFiles {
  readonly findings: readonly Finding[];
  readonly found: ReadonlyMap<string, SurveyedFile>;
}

/** A finding about an input; `says` goes on after its name. */
export function inputFinding(input: InputPlace, code: FindingCode, says: string, found?: string | number): Finding {
  const path = input.path ?? input.shard;
  const file = path === undefined ? input.collection : `${input.collection}/${path}`;
  const finding: Finding = { file, code, message: `${file} ${says}.`, input };
  return found === undefined ? finding : { ...finding, found };
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

function reasonNow(lost: readonly LostShard[], shard: string, path: string): string | undefined {
  const verdict = lost.find((candidate) => candidate.path === shard && candidate.status !== 'missing');
  if (verdict === undefined || verdict.status === 'empty') return undefined;
  return verdict.damage === undefined ? verdict.reason : verdict.damage.find((file) => file.path === path)?.reason;
}

/** Rows of a file without the fragments that its shard was used without. */
function usedRows(file: SurveyedFile, without: readonly number[]): number {
  return file.fragments.reduce((sum, { rows }, index) => (without.includes(index) ? sum : sum + rows), 0);
}

function compareShard(
  { collection, path: shard, files }: InputShardReceipt,
  there: ReadonlyMap<string, SurveyedFile>,
  lostNow: readonly LostShard[],
  lostThen: LostShard | undefined,
): readonly Finding[] {
  if (files.every(({ path }) => !there.has(path) && reasonNow(lostNow, shard, path) === undefined))
    return [inputFinding({ collection, shard }, 'missing', 'is not there any more')];
  return files.flatMap(({ path, bytes, rows }) => {
    const place = { collection, shard, path };
    const file = there.get(path);
    if (file === undefined) {
      const reason = reasonNow(lostNow, shard, path);
      return reason === undefined
        ? [inputFinding(place, 'missing', 'is not there any more')]
        : [inputFinding(place, 'unreadable', `cannot be read: ${reason.replace(/\.$/, '')}`)];
    }
    const without = lostThen?.damage?.find((damaged) => damaged.path === path)?.fragments ?? [];
    const rowsNow = usedRows(file, without);
    return [
      ...(file.size === bytes
        ? []
        : [inputFinding(place, 'bytes', `has ${file.size} bytes and had ${bytes}`, file.size)]),
      ...(rowsNow === rows ? [] : [inputFinding(place, 'rows', `has ${rowsNow} rows and had ${rows}`, rowsNow)]),
    ];
  });
}

/** Shards and files that the receipt does not have. What was lost then and can be read now is one of them: its rows are not in the result. */
function extraInputs(
  now: SurveyedCollection,
  receipts: ReadonlyMap<string, InputShardReceipt>,
  lostThen: ReadonlyMap<string, LostShard>,
): readonly Finding[] {
  const collection = now.name;
  const findings = now.shards.flatMap(({ path: shard, files }): readonly Finding[] => {
    const receipt = receipts.get(shard);
    const before = lostThen.get(shard);
    if (receipt === undefined) {
      // Its metadata was as readable then: it was lost when its rows were decoded, which is not tried again here.
      if (before?.status === 'failed' && before.rows === files.reduce((sum, { rows }) => sum + rows, 0)) return [];
      const says =
        before === undefined
          ? 'is there and was not when the result was made'
          : `can be read now and was lost when the result was made: its rows are not in the result`;
      return [inputFinding({ collection, shard }, 'extra', says)];
    }
    const known = new Set([...receipt.files, ...(before?.damage ?? [])].map(({ path }) => path));
    return files
      .filter(({ path }) => !known.has(path))
      .map(({ path }) =>
        inputFinding({ collection, shard, path }, 'extra', 'is there and was not when the result was made'),
      );
  });
  const added = now.lost.filter(
    ({ path, status }) => status === 'failed' && !receipts.has(path) && !lostThen.has(path),
  );
  return [
    ...findings,
    ...added.map(({ path: shard }) =>
      inputFinding(
        { collection, shard },
        'extra',
        'is there, cannot be read, and was not there when the result was made',
      ),
    ),
  ];
}

function byCollection<Item extends { readonly collection: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.collection);
    if (group === undefined) groups.set(item.collection, [item]);
    else group.push(item);
  }
  return groups;
}

/** Compares names, sizes and rows of what is there now with the receipt. `surveyed` goes along with the plan's collections; undefined where there is nothing. */
export function compareFiles(
  { plan, receipt }: Manifest,
  surveyed: readonly (SurveyedCollection | undefined)[],
  locations: readonly { readonly location: string }[],
): ComparedFiles {
  const findings: Finding[] = [];
  const found = new Map<string, SurveyedFile>();
  const inputs = byCollection(receipt.inputs);
  const lost = byCollection(receipt.lost);
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
