import {
  RiffleError,
  type CollectionReport,
  type LostShard,
  type Recipe,
  type Report,
  type Survey,
} from '@riffle/core';
import { collectionLosses } from './collection-losses.ts';
import { allLost, collectionReports } from './collection-reports.ts';
import { percentLost } from './percent-lost.ts';
import { badShardError, noRowsError } from './survey-stage.ts';

/** Percent lost over all collections together. */
export function lossPercent(survey: Pick<Survey, 'collections' | 'rows'>): number {
  const lost = allLost(survey);
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

type Lost = Omit<LostShard, 'status'>;

function describe(lost: readonly Lost[]): string {
  const parts = lost.filter(({ rowsKept }) => rowsKept !== undefined).length;
  const whole = lost.length - parts;
  const inPart = parts === 0 ? '' : `${parts === 1 ? 'one shard is' : `${parts} shards are`} lost in part`;
  if (whole === 0) return inPart.replace(/^one/, 'One');
  return `${whole === 1 ? 'One shard is' : `${whole} shards are`} lost${inPart === '' ? '' : ` and ${inPart}`}`;
}

function lossTooHigh(
  percent: number,
  allowed: number,
  lost: readonly Lost[],
  collections: readonly CollectionReport[],
): RiffleError {
  const first = lost[0]!;
  return new RiffleError(
    'LOSS_TOO_HIGH',
    `${describe(lost)}, ${inDigits(percent, allowed)}% where --max-loss allows ${allowed}%. The first: ${first.collection}/${first.path}, ${first.reason.replace(/\.$/, '')}. Repair them, or allow more.`,
    { percent, allowed, lost, losses: collectionLosses(collections, lost) },
  );
}

/**
 * Whether a job may go on after these losses.
 * @throws `BAD_SHARD` if the recipe wants every shard to be usable; `LOSS_TOO_HIGH` if more is lost than it allows; `NO_ROWS` if nothing is left.
 */
export function checkLosses(recipe: Pick<Recipe, 'onBadShard' | 'maxLoss'>, survey: Survey): void {
  const lost = allLost(survey);
  const failed = lost.filter(({ status }) => status === 'failed');
  if (failed.length > 0 && recipe.onBadShard === 'fail') throw badShardError(failed);
  const percent = lossPercent(survey);
  if (percent > recipe.maxLoss) throw lossTooHigh(percent, recipe.maxLoss, lost, collectionReports(survey));
  if (survey.rows === 0) throw noRowsError(survey.collections);
}

/** The same for a result that is there already: it may have been made under another bound. @throws `LOSS_TOO_HIGH` */
export function checkReport({ maxLoss }: Pick<Recipe, 'maxLoss'>, report: Report): void {
  const { lost, collections } = report;
  const ofShards = collections.reduce(
    (sum, { loaded, missing, failed, empty }) => sum + loaded + missing + failed + empty,
    0,
  );
  const ofRows = lost.reduce((sum, { rows }) => sum + (rows ?? 0), report.rows);
  const percent = percentLost(lost, { ofShards, ofRows });
  if (percent > maxLoss) throw lossTooHigh(percent, maxLoss, lost, collections);
}
