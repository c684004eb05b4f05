import type { Finding, InputShardReceipt, LostShard, SurveyedFile } from '@riffle/core';
import { inputFinding } from './input-finding.ts';

function reasonNow(lost: readonly LostShard[], shard: string, path: string): string | undefined {
  const verdict = lost.find((candidate) => candidate.path === shard && candidate.status !== 'missing');
  if (verdict === undefined || verdict.status === 'empty') return undefined;
  return verdict.damage === undefined ? verdict.reason : verdict.damage.find((file) => file.path === path)?.reason;
}

/** Rows of a file without the fragments that its shard was used without. */
function usedRows(file: SurveyedFile, without: readonly number[]): number {
  return file.fragments.reduce((sum, { rows }, index) => (without.includes(index) ? sum : sum + rows), 0);
}

/** Compares the files of one shard of the receipt with those there now, by path. `lostNow` and `lostThen` tell what cannot be read, and what was left out. */
export function compareShard(
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
