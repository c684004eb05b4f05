import type { Survey, SurveyedFile } from '@riffle/core';
import { compareUtf8 } from './find-files.ts';

/** One file with its place in the whole job. */
export interface PlacedFile {
  readonly file: SurveyedFile;
  readonly collection: number;
  /** Number of its shard, counted over all collections in survey order. */
  readonly shard: number;
  /** Global number of its first row. */
  readonly firstRow: number;
}

/** All files in plan order: collections in recipe order, then files by their whole relative path as UTF-8 bytes. */
export function planOrder(survey: Survey): readonly PlacedFile[] {
  const placed: PlacedFile[] = [];
  let firstRow = 0;
  let firstShard = 0;
  for (const [collection, { shards }] of survey.collections.entries()) {
    const files = shards.flatMap((shard, index) => shard.files.map((file) => ({ file, shard: firstShard + index })));
    files.sort((one, other) => compareUtf8(one.file.path, other.file.path));
    for (const { file, shard } of files) {
      placed.push({ file, collection, shard, firstRow });
      firstRow += file.rows;
    }
    firstShard += shards.length;
  }
  return placed;
}
