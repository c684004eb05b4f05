import { randomUUID } from 'node:crypto';
import {
  isRiffleError,
  RecipeInvalidError,
  RiffleError,
  type JobOptions,
  type PluginReferences,
  type Recipe,
  type RiffleEvent,
  type Timeline,
} from '@riffle/core';
import type { JobContext } from './job-context.ts';
import {
  chooseReferences,
  loadPlugins,
  preparePlugins,
  type PluginSet,
  type SharedValues,
} from './plugins/plugin-set.ts';
import { checkRecipe } from './preflight/check-recipe.ts';
import { locate } from './preflight/locate.ts';
import { createWorkerPool, type WorkerPool } from './pool/worker-pool.ts';
import { recordTimeline } from './publishing/timeline.ts';

/** Warnings that a report keeps; the log has all. */
const mostWarnings = 1000;

/** What of {@link JobContext} can be had before any work. */
export interface StartedJob extends JobContext {
  readonly id: string;
  readonly startedAt: Date;
  /** What was done when, so far. */
  timeline(): Timeline;
  /** What was warned of so far, each sentence once, and not more than people read. */
  warnings(): readonly string[];
  close(): Promise<void>;
}

/** @throws what the plugins throw; no thread is left then. */
async function loadPluginsFor(
  pool: WorkerPool,
  references: PluginReferences,
  shared: Promise<SharedValues>,
): Promise<PluginSet> {
  try {
    return await loadPlugins(references, await shared);
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/**
 * Loads the plugins, starts the workers, fixes the budget: half of the free memory unless the recipe says.
 * @throws `RECIPE_INVALID` with all problems if one of them is too many workers
 */
export async function startJob(recipe: Recipe, options: JobOptions): Promise<StartedJob> {
  const references = chooseReferences(options.plugins, recipe);
  const workers = recipe.workers ?? options.availableCpus;
  // Before any thread is started: this number would start as many as it says.
  if (workers > options.availableCpus) {
    const { storage } = await loadPlugins(references, new Map());
    throw new RecipeInvalidError(await checkRecipe(recipe, storage, options));
  }
  const memory = recipe.memory ?? Math.floor(options.freeMemory / 2);
  const shared = preparePlugins(references);
  // Its first thread starts while this one reads and compiles what the plugins need.
  const pool = createWorkerPool({
    workers,
    workerData: { references },
    shared,
    stallSeconds: recipe.stallSeconds,
    signal: options.signal,
  });
  const plugins = await loadPluginsFor(pool, references, shared);
  const warnings = new Set<string>();
  const start = performance.now();
  const timeline = recordTimeline(
    () => Math.round(performance.now() - start) / 1000,
    () => process.memoryUsage.rss(),
  );
  const emit = (event: RiffleEvent) => {
    timeline.record(event);
    options.onEvent?.(event);
  };
  emit({ type: 'configured', recipe, workers, memory });
  return {
    id: randomUUID().slice(0, 8),
    startedAt: new Date(),
    recipe,
    plugins,
    pool,
    memory,
    freeMemory: options.freeMemory,
    signal: options.signal,
    emit,
    warn: (message) => {
      if (warnings.size < mostWarnings) warnings.add(message);
      emit({ type: 'warning', message });
    },
    warnings: () => [...warnings],
    timeline: () => timeline.value(),
    locate: (path) => locate(path, options.baseFolder, plugins.storage),
    close: () => pool.close(),
  };
}

/** Errors that are none of ours become one with a code; an aborted signal shows as `CANCELLED`. */
export function asRiffleError(error: unknown, signal: AbortSignal | undefined): RiffleError {
  if (isRiffleError(error)) return error;
  if (signal?.aborted === true) return new RiffleError('CANCELLED', 'The job was stopped.', {}, { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new RiffleError(
    'INTERNAL',
    `Riffle met an error it does not know: ${message}. Please report it with .riffle/log.jsonl.`,
    {},
    { cause: error },
  );
}
