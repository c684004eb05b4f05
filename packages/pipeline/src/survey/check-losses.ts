import { RiffleError, type Recipe, type Survey } from '@riffle/core';

/** Percent lost: the larger of lost / expected shards and lost / known rows. */
export function lossPercent(survey: Survey): number {
  const lost = survey.collections.flatMap((collection) => collection.lost);
  const expected = survey.collections.reduce((sum, collection) => sum + collection.expected, 0);
  const lostRows = lost.reduce((sum, shard) => sum + (shard.rows ?? 0), 0);
  const byShards = expected === 0 ? 0 : lost.length / expected;
  const byRows = lostRows === 0 ? 0 : lostRows / (survey.rows + lostRows);
  return 100 * Math.max(byShards, byRows);
}

/** @throws `LOSS_TOO_HIGH` if more is lost than the recipe allows. */
export function checkLosses(recipe: Recipe, survey: Survey): void {
  const percent = lossPercent(survey);
  if (percent <= recipe.maxLoss) return;
  const lost = survey.collections.flatMap((collection) => collection.lost);
  const first = lost[0]!;
  throw new RiffleError(
    'LOSS_TOO_HIGH',
    `${lost.length === 1 ? 'One shard is' : `${lost.length} shards are`} lost, ${percent.toFixed(2)}% where --max-loss allows ${recipe.maxLoss}%. The first: ${first.collection}/${first.path}, ${first.reason.replace(/\.$/, '')}. Nothing was published. Repair them, or allow more.`,
    { percent, allowed: recipe.maxLoss, lost },
  );
}
