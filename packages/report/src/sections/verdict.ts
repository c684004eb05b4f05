import type { Certificate } from '@riffle/certificate';
import { formatByteSize, counted, count, duration, shardTotals, type Manifest } from '@riffle/core';
import type { ReportFacts } from '../facts/report-facts.ts';
import { markup, type Markup } from '../html/markup.ts';
import { eachHas, percentage } from '../words/wording.ts';

/** What was compared before the shards were published, as a sentence. */
function howVerified(depth: string | undefined): string {
  if (depth === 'full')
    return 'Every shard was read back, and all its rows were compared with what went in, before it was published.';
  if (depth === 'counts')
    return 'Rows and sizes of every shard were compared before it was published; values were not read back.';
  return 'Every shard was verified before it was published.';
}

/** What was lost, as the middle of a sentence; undefined if nothing was. */
export function lossWords(facts: ReportFacts): string | undefined {
  const { shardsLost, shardsSalvaged, inputShards, rowsLost, manifest } = facts;
  const parts = [
    ...(shardsLost === 0
      ? []
      : [
          `${count(shardsLost)} of ${counted(inputShards, 'input shard')} (${percentage(shardsLost, inputShards)}) gave nothing`,
        ]),
    ...(shardsSalvaged === 0
      ? []
      : [`${counted(shardsSalvaged, 'shard')} gave a part of ${shardsSalvaged === 1 ? 'its' : 'their'} rows`]),
  ];
  if (parts.length === 0) return undefined;
  const known =
    rowsLost === 0
      ? ''
      : `; at least ${counted(rowsLost, 'row')} (${percentage(rowsLost, rowsLost + manifest.plan.rows)}) are missing`;
  return `${parts.join(', and ')}${known}`;
}

/** How a partitioned result is more files than shards. */
function dividedInto({ plan: { partitionBy }, receipt: { outputs } }: Manifest): string {
  if (partitionBy === undefined) return '';
  return `, divided by ${partitionBy.map(({ column }) => column).join(' and ')} into ${counted(outputs.length, 'file')}`;
}

/** The headline: whether the result is whole, in plain words. */
export function verdictMarkup(facts: ReportFacts, edited: boolean): Markup {
  if (edited)
    return markup`<div class="verdict lossy"><strong>The manifest was edited</strong><p>Its digest is not that of what it says now, so nothing below can be believed. <code>riffle verify</code> tells what differs.</p></div>
`;
  const { plan, receipt } = facts.manifest;
  const { least, most } = facts.rowsPerShard;
  const lost = lossWords(facts);
  const what = `${counted(plan.rows, 'row')} of ${counted(receipt.collections.length, 'collection')} are in one global random order, in ${counted(shardTotals(receipt.outputs).length, 'shard')} of ${eachHas(least, most, 'row')}${dividedInto(facts.manifest)}.`;
  const verified = howVerified(facts.run.planned?.verify);
  return lost === undefined
    ? markup`<div class="verdict"><strong>Whole and verified</strong><p>All ${what} Nothing was lost. ${verified}</p></div>
`
    : markup`<div class="verdict lossy"><strong>Verified, with losses</strong><p>${what} But ${lost}: <a href="#lost">what was lost</a>. ${verified}</p></div>
`;
}

const verdictWords = { shuffled: 'shuffled', 'not-shuffled': 'not shuffled', 'too-few-rows': 'too few rows' } as const;

/** The figures that people look for first. */
export function tilesMarkup(facts: ReportFacts, certificate: Certificate | undefined): Markup {
  const { plan, receipt } = facts.manifest;
  const tiles: readonly (readonly [string, string])[] = [
    ['Rows', count(plan.rows)],
    ['Shards', count(shardTotals(receipt.outputs).length)],
    ['Size', formatByteSize(facts.bytesPerShard.sum)],
    ['Collections', count(receipt.collections.length)],
    ['Input shards lost', count(facts.shardsLost)],
    ...(certificate === undefined ? [] : [['Order', verdictWords[certificate.verdict]] as const]),
    ...(facts.run.seconds === undefined ? [] : [['Time', duration(facts.run.seconds)] as const]),
  ];
  return markup`<dl class="tiles">${tiles.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
`;
}
