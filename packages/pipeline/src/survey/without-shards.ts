import type { LostShard, Survey, SurveyedCollection } from '@riffle/core';
import { compareUtf8 } from './find-files.ts';
import { rowsOf } from './judge-shards.ts';
import { chooseAgain } from './twins.ts';
import { withoutFragments } from './without-fragments.ts';

function withVerdicts(collection: SurveyedCollection, verdicts: ReadonlyMap<string, LostShard>): SurveyedCollection {
  const salvaged = collection.shards.map((shard) => withoutFragments(shard, verdicts.get(shard.path)?.damage ?? []));
  const gone = (shard: string) => verdicts.get(shard)?.status === 'failed';
  const files = new Map(salvaged.map((shard) => [shard.path, shard.files]));
  const chosen = chooseAgain(files, collection.twins ?? [], gone);
  const shards = [...chosen.shards].map(([path, own]) => ({ path, files: own, rows: rowsOf(own) }));
  // A verdict on a shard that was salvaged before says all that the one before said.
  const others = collection.lost.filter((shard) => !verdicts.has(shard.path));
  const lost = [...others, ...verdicts.values()].toSorted((one, other) => compareUtf8(one.path, other.path));
  return {
    ...collection,
    shards: shards.toSorted((one, other) => compareUtf8(one.path, other.path)),
    lost,
    twins: chosen.twins,
    rows: rowsOf(shards.flatMap((shard) => shard.files)),
    expected: shards.length + lost.filter(({ status }) => status !== 'salvaged').length,
  };
}

/** The survey as it would have been had these verdicts been passed in it. Late corruption goes this one way back. */
export function withoutShards(survey: Survey, lost: readonly LostShard[]): Survey {
  const collections = survey.collections.map((collection) => {
    const own = lost.filter((shard) => shard.collection === collection.name);
    return own.length === 0 ? collection : withVerdicts(collection, new Map(own.map((shard) => [shard.path, shard])));
  });
  return { ...survey, collections, rows: collections.reduce((sum, collection) => sum + collection.rows, 0) };
}
