import { lossKinds, type CollectionLosses, type LossesOfKind, count } from '@riffle/core';
import { columns } from './columns.ts';
import { percentage, printableLine } from './wording.ts';

/** More collections than this are not listed: the report has them all. */
const MOST_LINES = 30;

function lostShards({ shards, salvaged, ofShards }: CollectionLosses): string {
  const inPart = salvaged === 0 ? '' : shards === 0 ? `${count(salvaged)} in part` : `, ${count(salvaged)} in part`;
  return `${shards === 0 && salvaged > 0 ? '' : count(shards)}${inPart} of ${count(ofShards)}`;
}

/** Rows that no footer tells of are not counted; where there are such, the sum is a least one. */
function lostRows({ rows, ofRows }: CollectionLosses): string {
  return rows === 0 ? 'unknown' : `${count(rows)} of ${count(ofRows)}`;
}

function why(kinds: readonly LossesOfKind[]): string {
  return kinds.map(({ kind, shards }) => `${lossKinds[kind]} ${count(shards)}`).join(', ');
}

/** What every collection lost, and why; nothing where nothing was lost. */
export function lossTable(losses: readonly CollectionLosses[], width?: number): string[] {
  if (losses.length === 0) return [];
  const shown = losses.slice(0, MOST_LINES);
  const rows = shown.map((loss) => [
    printableLine(loss.collection),
    lostShards(loss),
    lostRows(loss),
    percentage(loss.percent / 100),
    why(loss.kinds),
  ]);
  const more = losses.length - shown.length;
  return [
    'Losses',
    ...columns([['collection', 'shards', 'known rows', 'lost', 'why'], ...rows], width),
    ...(more === 0 ? [] : [`  … and ${count(more)} more collections, in the report`]),
  ];
}
