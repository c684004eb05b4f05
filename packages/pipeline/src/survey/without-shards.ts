import type { LostShard, Survey } from '@riffle/core';
import { compareUtf8 } from './find-files.ts';

/** The survey as it would have been had these shards failed in it. Late corruption goes this one way back. */
export function withoutShards(survey: Survey, lost: readonly LostShard[]): Survey {
  const collections = survey.collections.map((collection) => {
    const gone = new Map(
      lost.filter((shard) => shard.collection === collection.name).map((shard) => [shard.path, shard]),
    );
    if (gone.size === 0) return collection;
    const shards = collection.shards.filter((shard) => !gone.has(shard.path));
    return {
      ...collection,
      shards,
      lost: [...collection.lost, ...gone.values()].sort((one, other) => compareUtf8(one.path, other.path)),
      rows: shards.reduce((sum, shard) => sum + shard.rows, 0),
    };
  });
  return { ...survey, collections, rows: collections.reduce((sum, collection) => sum + collection.rows, 0) };
}
