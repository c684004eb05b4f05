import { RiffleError, type LostShard, type Recipe, type Survey } from '@riffle/core';
import { collectionLosses } from './collection-losses.ts';
import { collectionReports } from './collection-reports.ts';
import { percentLost } from './percent-lost.ts';
import { badShardError, noRowsError } from './survey-stage.ts';

/** Percent lost over all collections together. */
export function lossPercent(survey: Pick<Survey, 'collections' | 'rows'>): number {
  const lost = survey.collections.flatMap((collection) => collection.lost);
  const ofShards = survey.collections.reduce((sum, collection) => sum + collection.expected, 0);
  const ofRows = lost.reduce((sum, { rows }) => sum + (rows ?? 0), survey.rows);
  return percentLost(lost, { ofShards, ofRows });
}

/** With so many digits, at least two, that it does not read as what is allowed. */
function inDigits(percent: number, allowed: number): string {
  let digits = 2;
  while (digits < 12 && Number(percent.toFixed(digits)) <= allowed) digits++;
  return percent.toFixed(digits);
}

function describe(lost: readonly LostShard[]): string {
  const parts = lost.filter(({ status }) => status === 'salvaged').length;
  const whole = lost.length - parts;
  const inPart = parts === 0 ? '' : `${parts === 1 ? 'one shard is' : `${parts} shards are`} lost in part`;
  if (whole === 0) return inPart.replace(/^one/, 'One');
  return `${whole === 1 ? 'One shard is' : `${whole} shards are`} lost${inPart === '' ? '' : ` and ${inPart}`}`;
}

/**
 * Whether a job may go on after these losses.
 * @throws `BAD_SHARD` if the recipe wants every shard to be usable; `LOSS_TOO_HIGH` if more is lost than it allows; `NO_ROWS` if nothing is left.
 */
export function checkLosses(recipe: Pick<Recipe, 'onBadShard' | 'maxLoss'>, survey: Survey): void {
  const lost = survey.collections.flatMap((collection) => collection.lost);
  const failed = lost.find(({ status }) => status === 'failed');
  if (failed !== undefined && recipe.onBadShard === 'fail') throw badShardError(failed);
  const percent = lossPercent(survey);
  if (percent > recipe.maxLoss) {
    const first = lost[0]!;
    throw new RiffleError(
      'LOSS_TOO_HIGH',
      `${describe(lost)}, ${inDigits(percent, recipe.maxLoss)}% where --max-loss allows ${recipe.maxLoss}%. The first: ${first.collection}/${first.path}, ${first.reason.replace(/\.$/, '')}. Repair them, or allow more.`,
      { percent, allowed: recipe.maxLoss, lost, losses: collectionLosses(collectionReports(survey), lost) },
    );
  }
  if (survey.rows === 0) throw noRowsError(survey.collections);
}
