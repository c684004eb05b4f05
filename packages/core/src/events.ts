import type { Plan } from './plan.ts';
import type { Recipe } from './recipe.ts';
import type { Report } from './report.ts';
import type { LostShard } from './survey.ts';

export type StageName = 'survey' | 'plan' | 'scatter' | 'gather' | 'verify' | 'publish';

/** Everything a job tells while it runs. Consumers render; the pipeline never prints. */
export type RiffleEvent =
  | { readonly type: 'configured'; readonly recipe: Recipe; readonly workers: number; readonly memory: number }
  | { readonly type: 'stage-started'; readonly stage: StageName }
  | { readonly type: 'stage-finished'; readonly stage: StageName; readonly seconds: number }
  | {
      readonly type: 'collection-started';
      readonly index: number;
      readonly of: number;
      readonly name: string;
      readonly path: string;
    }
  | {
      readonly type: 'collection-surveyed';
      readonly index: number;
      readonly of: number;
      readonly name: string;
      readonly path: string;
      readonly loaded: number;
      readonly missing: number;
      readonly failed: number;
      readonly empty: number;
      /** Of those loaded, how many are loaded in part. */
      readonly salvaged: number;
      readonly rows: number;
    }
  | { readonly type: 'surveyed'; readonly collections: number; readonly of: number; readonly rows: number }
  | { readonly type: 'shard-lost'; readonly lost: LostShard }
  | { readonly type: 'planned'; readonly plan: Plan }
  /** Late corruption: the job starts again from the plan without these shards. */
  | { readonly type: 'replanning'; readonly lost: readonly LostShard[] }
  /** Rows and bytes done so far in this stage: of Arrow data in scatter, of files in gather and verify. */
  | {
      readonly type: 'progress';
      readonly stage: StageName;
      readonly rows: number;
      readonly ofRows: number;
      readonly bytes: number;
      /** Bytes of data held in all threads now, as `--memory` counts them, as far as they are known. */
      readonly memoryBytes: number;
      /** Bytes of rows that wait in spill files now. */
      readonly spilledBytes: number;
    }
  | {
      readonly type: 'verified';
      readonly valid: number;
      readonly empty: number;
      readonly missing: number;
      readonly different: number;
    }
  | { readonly type: 'published'; readonly output: string; readonly report: Report }
  /** The run goes on with what an interrupted one left: shards that are whole, and units of the scatter that need not be done again. */
  | { readonly type: 'resumed'; readonly shards: number; readonly ofShards: number; readonly scatterUnits: number }
  /** The run failed and left its work in the output folder, so that `resume` can go on with it. */
  | { readonly type: 'resumable' }
  | { readonly type: 'warning'; readonly message: string };
