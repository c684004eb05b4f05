import type { RiffleEvent } from './events.ts';
import type { PluginReferences } from './plugin.ts';

/** What a caller of `survey`, `plan`, `run` and `verify` hands in beside the recipe. */
export interface JobOptions {
  /** Aborting it stops the job at a safe point; the promise rejects with code `CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: RiffleEvent) => void) | undefined;
  /** Every plugin the job may use; the CLI hands in the first-party ones. */
  readonly plugins: PluginReferences;
  /** CPUs this machine offers: the upper bound of `workers`. The CLI measures it, tests inject it. */
  readonly availableCpus: number;
  /** Bytes of memory free now, for the default budget. */
  readonly freeMemory: number;
  /**
   * Go on with what an interrupted run of the same job left in the output folder; default false. With nothing begun the job starts;
   * a finished result of the same job is verified instead.
   */
  readonly resume?: boolean | undefined;
  /** Folder that relative paths of the recipe start at. */
  readonly baseFolder: string;
}
