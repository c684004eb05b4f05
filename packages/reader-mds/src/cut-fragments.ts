import type { FragmentSurvey, OperationOptions, ReadableFile } from '@riffle/core';
import { badRow } from './bad-content.ts';
import { placeOfRow, readNumber, type ShardHeader } from './read-header.ts';

/** How many fragments a shard has: as many as its bytes are worth, of about as many rows each. */
function fragmentCount(file: ReadableFile, { rows, dataStart }: ShardHeader, fragmentBytes: number): number {
  return Math.min(rows, Math.max(1, Math.ceil((file.size - dataStart) / fragmentBytes)));
}

/** Rows that a fragment has, by numbers: from the first up to the last, which is not of it. Undefined if there is no such fragment. */
export function rowsOfFragment(
  file: ReadableFile,
  header: ShardHeader,
  fragmentBytes: number,
  fragment: number,
): { readonly first: number; readonly last: number } | undefined {
  const count = fragmentCount(file, header, fragmentBytes);
  if (!Number.isInteger(fragment) || fragment < 0 || fragment >= count) return undefined;
  const cut = (index: number) => Math.floor((index * header.rows) / count);
  return { first: cut(fragment), last: cut(fragment + 1) };
}

/**
 * The fragments of a shard. Reads a number for each cut.
 * @throws BadContentError for places that are not in order.
 */
export async function cutFragments(
  file: ReadableFile,
  header: ShardHeader,
  fragmentBytes: number,
  options: OperationOptions,
): Promise<FragmentSurvey[]> {
  const fragments: FragmentSurvey[] = [];
  let start = header.dataStart;
  for (let fragment = 0; ; fragment++) {
    const range = rowsOfFragment(file, header, fragmentBytes, fragment);
    if (range === undefined) return fragments;
    const end = await readNumber(file, placeOfRow(range.last), options);
    if (end < start || end > file.size)
      throw badRow(range.last, 'its place is before that of another one, or out of the file');
    fragments.push({ rows: range.last - range.first, bytes: end - start });
    start = end;
  }
}
