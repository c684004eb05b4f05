import { formatByteSize, type Plan, count } from '@riffle/core';
import { evenShards, table } from './wording.ts';

/** The plan for people: what will happen, why, and what it will take. */
export function planTable(plan: Plan, width?: number): string[] {
  const { memory, rowsPerShard, buckets } = plan;
  const [fewest, most] = rowsPerShard;
  return [
    'Plan',
    ...table(
      [
        ['rows', count(plan.rows)],
        ['shards', evenShards(plan.shards, fewest, most)],
        ['strategy', `${memory.strategy}: ${memory.reason}`],
        [
          'buckets',
          count(buckets.count) + (memory.passes > 1 ? ` in ${count(memory.passes)} passes over the input` : ''),
        ],
        ['workers', count(memory.workers)],
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
