import type { CollectionReport, LostShard, Survey } from '@riffle/core';
import { countLost } from './survey-stage.ts';

export function collectionReports(survey: Pick<Survey, 'collections'>): readonly CollectionReport[] {
  return survey.collections.map(({ name, shards, lost, rows }) => ({
    name,
    loaded: shards.length,
    ...countLost(lost),
    rows,
  }));
}

/** Of all collections, in their order. */
export function allLost(survey: Pick<Survey, 'collections'>): readonly LostShard[] {
  return survey.collections.flatMap((collection) => collection.lost);
}
