import type {
  CollectionReport,
  JobCosts,
  LostShard,
  PartitionColumn,
  Plan,
  Strategy,
  StrategyOption,
  TimeEstimate,
  TreatyColumn,
} from '@riffle/core';

/** The plan for programs: sizes in bytes, and what was lost so far. */
export interface PlanDocument {
  readonly ok: true;
  readonly rows: number;
  readonly shards: number;
  readonly rowsPerShard: readonly [number, number];
  readonly partitionBy?: readonly PartitionColumn[];
  readonly seed: string;
  readonly shuffler: string;
  readonly strategy: Strategy;
  readonly reason: string;
  readonly options: readonly StrategyOption[];
  readonly workers: number;
  readonly memoryBytes: number;
  readonly minimumMemoryBytes: number;
  readonly buckets: number;
  readonly passes: number;
  readonly inputBytes: number;
  readonly estimatedDecodedBytes: number;
  readonly estimatedOutputBytes: number;
  readonly estimatedTemporaryBytes: number;
  readonly estimatedPeakMemoryBytes: number;
  readonly estimatedSeconds: TimeEstimate;
  readonly costs: JobCosts;
  readonly columns: readonly TreatyColumn[];
  readonly collections: readonly CollectionReport[];
  readonly lost: readonly Omit<LostShard, 'status'>[];
}

/** What `riffle plan --json` prints: the same facts as the table for people. */
export function planDocument(plan: Plan): PlanDocument {
  const { memory, survey } = plan;
  return {
    ok: true,
    rows: plan.rows,
    shards: plan.shards,
    rowsPerShard: plan.rowsPerShard,
    ...(plan.partitionBy === undefined ? {} : { partitionBy: plan.partitionBy }),
    seed: plan.seed,
    shuffler: plan.shuffler,
    strategy: memory.strategy,
    reason: memory.reason,
    options: memory.options,
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
    estimatedSeconds: plan.estimatedTime,
    costs: plan.costs,
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
