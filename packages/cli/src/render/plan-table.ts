import { formatByteSize, type Plan, count } from '@riffle/core';
import { evenShards, roughDuration, table } from './wording.ts';

function dividedBy({ partitionBy }: Plan): string {
  return partitionBy === undefined
    ? ''
    : `, each divided into files by ${partitionBy.map(({ column }) => column).join(' and ')}`;
}

/** `8 s to 40 s (estimate, costs assumed)`. */
function timeText({ estimatedTime: { least, most }, costs }: Plan): string {
  const [from, to] = [roughDuration(least), roughDuration(most)];
  const basis = costs.basis === 'measured' ? 'from a short trial of this disk and codec' : 'from assumed costs';
  return `${from === to ? `about ${to}` : `${from} to ${to}`} (estimate, ${basis})`;
}

/** The plan for people: what will happen, why, and what it will take. */
export function planTable(plan: Plan, width?: number): string[] {
  const { memory, rowsPerShard, buckets } = plan;
  const [fewest, most] = rowsPerShard;
  return [
    'Plan',
    ...table(
      [
        ['rows', count(plan.rows)],
        ['shards', `${evenShards(plan.shards, fewest, most)}${dividedBy(plan)}`],
        ['strategy', `${memory.strategy}: ${memory.reason}`],
        [
          'buckets',
          count(buckets.count) + (memory.passes > 1 ? ` in ${count(memory.passes)} passes over the input` : ''),
        ],
        ['workers', count(memory.workers)],
        ['time', timeText(plan)],
        [
          'input',
          `${formatByteSize(plan.inputBytes)}, ${formatByteSize(plan.estimatedDecodedBytes)} decoded (estimate)`,
        ],
        ['output', `${formatByteSize(plan.estimatedOutputBytes)} (estimate)`],
        [
          'temporary disk',
          memory.estimatedSpillBytes === 0 ? 'none' : `${formatByteSize(memory.estimatedSpillBytes)} (estimate)`,
        ],
        [
          'peak memory',
          `${formatByteSize(memory.estimatedPeakBytes)} (estimate) of ${formatByteSize(memory.budget)}; at least ${formatByteSize(memory.minimum)} needed`,
        ],
      ],
      width,
    ),
  ];
}
