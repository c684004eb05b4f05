import type { Reader } from '@riffle/core';
import type { ExaminedFile } from './examine-files.ts';

/**
 * Leaves out what stands beside the data: files of formats that commonly do, where there are files of one that does not, readable or not. So a
 * `metadata.jsonl` in a folder of shards is no shard, and does not become one when all others are broken.
 *
 * @returns the answers, and the places of those that are `ignored` now.
 */
export function withoutCompanions(
  examined: readonly ExaminedFile[],
  readers: readonly Pick<Reader, 'standsBeside'>[],
): { readonly examined: readonly ExaminedFile[]; readonly left: readonly number[] } {
  const isOf = (answer: ExaminedFile, companion: boolean) =>
    // A bad file that no reader was found for is none's.
    answer.status !== 'ignored' && answer.reader >= 0 && (readers[answer.reader]!.standsBeside ?? false) === companion;
  if (!examined.some((answer) => isOf(answer, false))) return { examined, left: [] };
  const left = examined.flatMap((answer, index) => (isOf(answer, true) ? [index] : []));
  const gone = new Set(left);
  return { examined: examined.map((answer, index) => (gone.has(index) ? { status: 'ignored' } : answer)), left };
}
