import type { Recipe, RiffleEvent } from '@riffle/core';
import type { PluginSet } from './plugins/plugin-set.ts';
import type { WorkerPool } from './pool/worker-pool.ts';

/** What every stage is given: the side effects it may have, and nothing else. */
export interface JobContext {
  readonly recipe: Recipe;
  readonly plugins: PluginSet;
  readonly pool: WorkerPool;
  readonly signal: AbortSignal | undefined;
  /** Bytes of the memory budget. */
  readonly memory: number;
  /** Bytes of memory that were free when the job started. */
  readonly freeMemory: number;
  emit(event: RiffleEvent): void;
  warn(message: string): void;
  /** A recipe's path as a location. */
  locate(path: string): string;
}
