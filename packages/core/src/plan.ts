import type { PartitionColumn } from './layout.ts';
import type { JobCosts, TimeEstimate } from './costs.ts';
import type { ColumnRules, Recipe } from './recipe.ts';
import type { Survey } from './survey.ts';
import type { TreatyColumn } from './treaty.ts';

export type Strategy = 'memory' | 'spill' | 'passes';

/** What the job would take with one strategy. */
export interface StrategyCost {
  /** Estimated. */
  readonly seconds: number;
  readonly workers: number;
  /** Over the input. */
  readonly passes: number;
  /** Bytes of temporary disk. */
  readonly spillBytes: number;
}

/** One of the three strategies, for one job and budget. */
export interface StrategyOption {
  readonly strategy: Strategy;
  /** The least budget in bytes with which it can be done. */
  readonly minimum: number;
  /** Missing where the budget is below that. */
  readonly cost?: StrategyCost;
}

/** How the memory budget is divided. All in bytes. */
export interface MemoryPlan {
  readonly budget: number;
  readonly workers: number;
  /** The least budget with which this job could run, on one worker. */
  readonly minimum: number;
  readonly strategy: Strategy;
  /** A sentence saying why. */
  readonly reason: string;
  /** Bytes of Arrow data a bucket may hold. */
  readonly bucketBytes: number;
  /** Bytes of Arrow data a batch read at once may hold. */
  readonly readBatchBytes: number;
  /** Bytes a scatter worker gathers before it hands buckets' segments to the store. */
  readonly flushBytes: number;
  /** Number of passes over the input; 1 except for `passes`. */
  readonly passes: number;
  readonly estimatedPeakBytes: number;
  readonly estimatedSpillBytes: number;
  /** All three strategies, the cheapest first, those that the budget is too small for last. */
  readonly options: readonly StrategyOption[];
}

/** How positions are dealt into buckets: either whole shards together, or equal pieces of each shard. */
export interface BucketPlan {
  readonly count: number;
  /** Whole shards in one bucket; 1 when a shard is in pieces. */
  readonly shardsPerBucket: number;
  /** Pieces of one shard; 1 when buckets hold whole shards. */
  readonly bucketsPerShard: number;
}

/** Everything that is decided before data is moved. Serialisable. */
export interface Plan {
  readonly recipe: Recipe;
  readonly survey: Survey;
  /** The one output schema, as an IPC stream of zero batches, with its metadata. */
  readonly treaty: Uint8Array;
  /** The same for people: by column, the type it has in each collection and what becomes of it. */
  readonly columns: readonly TreatyColumn[];
  /** The recipe's `columns` with everything settled that this plan had to find out: the next plan has the same treaty, whatever collections differ in. */
  readonly settledRules: ColumnRules;
  readonly rows: number;
  readonly shards: number;
  /** The columns by whose values each shard is divided into files; left out where each is one. */
  readonly partitionBy?: readonly PartitionColumn[];
  /** Rows of the smallest and the largest shard. */
  readonly rowsPerShard: readonly [number, number];
  readonly seed: string;
  readonly shuffler: string;
  readonly memory: MemoryPlan;
  readonly buckets: BucketPlan;
  readonly estimatedDecodedBytes: number;
  readonly estimatedOutputBytes: number;
  readonly inputBytes: number;
  readonly costs: JobCosts;
  readonly estimatedTime: TimeEstimate;
}
