import { formatByteSize, type Recipe, type Report, count, counted, duration, shardTotals } from '@riffle/core';
import { lossesOf, lossesText } from './losses.ts';
import { lossTable } from './loss-table.ts';
import { evenShards, table } from './wording.ts';

/** How a partitioned result is more files than shards. */
function inFiles({ shards }: Report): string {
  return shards.some(({ shard }) => shard !== undefined) ? `, divided into ${counted(shards.length, 'file')}` : '';
}

/** The end of a job in numbers. `bytesIn` is what the plan counted, if it was seen. */
export function summaryTable(report: Report, bytesIn: number | undefined, width?: number): string[] {
  const rows = shardTotals(report.shards).map((shard) => shard.rows);
  const fewest = rows.reduce((least, value) => Math.min(least, value), Infinity);
  const most = rows.reduce((largest, value) => Math.max(largest, value), 0);
  const bytesOut = report.shards.reduce((total, shard) => total + shard.bytes, 0);
  return [
    'Summary',
    ...table(
      [
        ['rows', count(report.rows)],
        ['shards', `${evenShards(rows.length, fewest, most)}${inFiles(report)}`],
        ...(bytesIn === undefined ? [] : [['bytes in', formatByteSize(bytesIn)] as const]),
        ['bytes out', formatByteSize(bytesOut)],
        ['time', duration(report.seconds)],
        ['peak memory', formatByteSize(report.peakMemoryBytes)],
        ['strategy', report.strategy],
        ['losses', report.lost.length === 0 ? 'none' : lossesText(lossesOf(report))],
      ],
      width,
    ),
    ...(report.losses.length === 0 ? [] : ['', ...lossTable(report.losses, width)]),
  ];
}

/** The last line of a job: what was done, and what was lost if anything was. */
export function closingLine(report: Report, recipe: Pick<Recipe, 'output' | 'maxLoss' | 'verify'>): string {
  const verified = recipe.verify === 'full' ? 'verified' : 'verified by counts';
  const done = `Done and ${verified}: ${counted(report.rows, 'row')} in ${counted(shardTotals(report.shards).length, 'shard')}${inFiles(report)}, ${recipe.output}`;
  if (report.lost.length === 0) return done;
  return `${done}; ${lossesText(lossesOf(report))}, within the ${recipe.maxLoss}% of --max-loss`;
}
