import { formatByteSize, count, shardTotals } from '@riffle/core';
import type { ReportFacts } from '../facts/report-facts.ts';
import { dataTable, type Section } from '../html/elements.ts';
import { markup } from '../html/markup.ts';
import { clipped } from '../words/wording.ts';

const nobodyKnows = '–';
const bytes = (value: number | undefined) => (value === undefined ? nobodyKnows : formatByteSize(Math.round(value)));
const about = (value: number | undefined) => (value === undefined ? nobodyKnows : `about ${bytes(value)}`);

/** The most of a value in all samples; undefined where none were taken. */
function mostOf(facts: ReportFacts, key: 'memoryBytes' | 'spilledBytes'): number | undefined {
  const samples = facts.run.timeline?.samples;
  if (samples === undefined || samples.length === 0) return undefined;
  return samples.reduce((most, sample) => Math.max(most, sample[key]), 0);
}

/** What the plan said beside what came of it. */
export function outcomeSection(facts: ReportFacts): Section {
  const { manifest, run, rowsPerShard, bytesPerShard } = facts;
  const { plan, receipt } = manifest;
  const { planned } = run;
  const [fewest, rest] = [Math.floor(plan.rows / plan.shards), plan.rows % plan.shards];
  const even = (least: number, most: number) => (least === most ? count(least) : `${count(least)} or ${count(most)}`);
  const range = (least: number, most: number) =>
    most - least <= 1 ? even(least, most) : `${count(least)} to ${count(most)}`;
  const rows: readonly (readonly [string, string, string])[] = [
    ['Rows', count(plan.rows), count(rowsPerShard.sum)],
    ['Shards', count(plan.shards), count(shardTotals(receipt.outputs).length)],
    [
      'Rows in each shard',
      even(fewest, rest === 0 ? fewest : fewest + 1),
      range(rowsPerShard.least, rowsPerShard.most),
    ],
    ['Input shards there should be, and used', count(facts.inputShards), count(facts.inputShards - facts.shardsLost)],
    ['Size of the input files', bytes(planned?.inputBytes), bytes(facts.inputBytes)],
    ['Size of the shards', about(planned?.outputBytes), bytes(bytesPerShard.sum)],
    [
      'Data held in memory',
      planned?.memoryBytes === undefined ? nobodyKnows : `at most ${bytes(planned.memoryBytes)}`,
      bytes(mostOf(facts, 'memoryBytes')),
    ],
    ['Memory budget, and the whole process', bytes(run.memory), bytes(run.peakMemoryBytes)],
    [
      'Rows in spill files',
      planned?.spillBytes === 0 ? 'none' : about(planned?.spillBytes),
      bytes(mostOf(facts, 'spilledBytes')),
    ],
  ];
  const why =
    planned?.reason === undefined
      ? ''
      : ` Strategy ${run.strategy ?? ''}: ${clipped(planned.reason, 500).replace(/\.?$/, '.')}`;
  const missing =
    planned === undefined ? ' The version of Riffle that made this result did not keep its estimates.' : '';
  return {
    name: 'outcome',
    title: 'Plan and outcome',
    content: [
      markup`<p>What was expected before any data was moved, and what came of it.${why}${missing}</p>`,
      dataTable(
        'outcome-table',
        'Plan and outcome',
        [{ head: 'What' }, { head: 'Plan', number: true }, { head: 'Outcome', number: true }],
        rows,
      ),
    ],
  };
}
