import { formatByteSize, type Plan } from '@riffle/core';
import { count, evenShards, table } from './wording.ts';

/** The plan for people: what will happen, why, and what it will take. */
export function planTable(plan: Plan): string[] {
  const { memory, rowsPerShard, buckets } = plan;
  const [fewest, most] = rowsPerShard;
  return [
    'Plan',
    ...table([
      ['rows', count(plan.rows)],
      ['shards', evenShards(plan.shards, fewest, most)],
      ['strategy', `${memory.strategy}: ${memory.reason}`],
      [
        'buckets',
        count(buckets.count) + (memory.passes > 1 ? ` in ${count(memory.passes)} passes over the input` : ''),
      ],
      ['workers', count(memory.workers)],
      ['input', `${formatByteSize(plan.inputBytes)}, ${formatByteSize(plan.estimatedDecodedBytes)} decoded (estimate)`],
      ['output', `${formatByteSize(plan.estimatedOutputBytes)} (estimate)`],
      [
        'temporary disk',
        memory.estimatedSpillBytes === 0 ? 'none' : `${formatByteSize(memory.estimatedSpillBytes)} (estimate)`,
      ],
      [
        'peak memory',
        `${formatByteSize(memory.estimatedPeakBytes)} (estimate) of ${formatByteSize(memory.budget)}; at least ${formatByteSize(memory.minimum)} needed`,
      ],
    ]),
  ];
}

/** The plan for programs: the same facts as {@link planTable}, sizes in bytes, and what was lost so far. */
export function planDocument(plan: Plan): Record<string, unknown> {
  const { memory, survey } = plan;
  return {
    ok: true,
    rows: plan.rows,
    shards: plan.shards,
    rowsPerShard: plan.rowsPerShard,
    seed: plan.seed,
    shuffler: plan.shuffler,
    strategy: memory.strategy,
    reason: memory.reason,
    workers: memory.workers,
    memoryBytes: memory.budget,
    minimumMemoryBytes: memory.minimum,
    buckets: plan.buckets.count,
    passes: memory.passes,
    inputBytes: plan.inputBytes,
    estimatedDecodedBytes: plan.estimatedDecodedBytes,
    estimatedOutputBytes: plan.estimatedOutputBytes,
    estimatedTemporaryBytes: memory.estimatedSpillBytes,
    estimatedPeakMemoryBytes: memory.estimatedPeakBytes,
    columns: plan.columns,
    collections: survey.collections.map(({ name, shards, lost, rows }) => ({
      name,
      loaded: shards.length,
      missing: lost.filter(({ status }) => status === 'missing').length,
      failed: lost.filter(({ status }) => status === 'failed').length,
      empty: lost.filter(({ status }) => status === 'empty').length,
      salvaged: lost.filter(({ status }) => status === 'salvaged').length,
      rows,
    })),
    lost: survey.collections.flatMap(({ lost }) => lost.map(({ status: _status, ...shard }) => shard)),
  };
}
