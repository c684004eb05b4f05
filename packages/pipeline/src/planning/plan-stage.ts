import { createDeal, planBuckets } from '@riffle/shuffler';
import {
  RecipeInvalidError,
  recipeLimits,
  RiffleError,
  type JsonValue,
  type Plan,
  type Recipe,
  type Survey,
} from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { jobTreaty, type JobTreaty } from '../merge/job-treaty.ts';
import { partitioningOf, type Partitioning } from '../partitioning/partitioning.ts';
import { renamed } from '@riffle/treaty';
import { planOrder, type PlacedFile } from '../survey/plan-order.ts';
import { chooseStrategy, type ChoiceFacts } from './choose-strategy.ts';
import { assumedCosts } from './assumed-costs.ts';
import { estimateTime } from './cost-model.ts';
import type { WriterMemory } from './memory-advice.ts';
import { findCosts, type Trial } from '../trial/find-costs.ts';
import type { SamplePlace, SampleTask } from './sample.ts';

/** Arrow data fed to the writer at once: part of the rule that fixes the output's bytes, so never taken from the machine. */
export const feedBytes = 8 * 2 ** 20;
const sampleBytesInAll = 32 * 2 ** 20;
const sampleBytesEach = 4 * 2 ** 20;
/** What waits in the files of a partitioned shard is a row group in all, and once more as one batch. */
const waitingRowGroups = 2;
/** Fragments tried per collection before its sample is given up. */
const samplePlaces = 16;

function sampleTask(
  survey: Survey,
  treaty: JobTreaty,
  files: readonly PlacedFile[],
  { limits, columns: { rename } }: Pick<Recipe, 'limits' | 'columns'>,
): SampleTask {
  const collections = survey.collections.map(({ name, rows }, collection) => {
    const own = files.filter((placed) => placed.collection === collection && placed.file.rows > 0);
    const first = Math.floor(own.length / 2);
    const places = [...own.slice(first), ...own.slice(0, first)]
      .slice(0, samplePlaces)
      .flatMap(({ file }): SamplePlace[] => {
        const fragment = file.fragments.findIndex(({ rows: declared, lost }) => declared > 0 && lost !== true);
        return fragment < 0
          ? []
          : [
              {
                location: file.location,
                reader: file.reader,
                fragment,
                conversion: treaty.conversionOf(collection, file.schema),
                columns: file.columns.map(({ path: [column, ...below], ...storage }) => ({
                  ...storage,
                  path: column === undefined ? [] : [renamed(column, name, rename), ...below],
                })),
                columnRows: file.fragments.reduce((sum, { rows: declared }) => sum + declared, 0),
              },
            ];
      });
    return { rows, places };
  });
  const sampleBytes = Math.floor(Math.min(sampleBytesEach, sampleBytesInAll / survey.collections.length));
  return {
    sampleBytes,
    treaty: treaty.schema,
    conversions: treaty.conversions,
    limits: { decodedBytes: limits.decodedBytes, ratio: limits.decodedRatio },
    collections,
  };
}

/** A plan with what is needed to carry it out but not to print it. */
export interface Planned {
  readonly plan: Plan;
  readonly treaty: JobTreaty;
  readonly files: readonly PlacedFile[];
  /** How shards are divided into files; undefined if each is one. */
  readonly partitioning: Partitioning | undefined;
  /** Lets the writer choose its encodings from the samples; costly, and not needed before the gather. */
  readonly chooseTuning: () => Promise<JsonValue>;
}

export interface PlanStageOptions {
  /** Whether shards were lost since the first plan. */
  readonly afterLosses?: boolean;
  readonly trial?: Trial | undefined;
}

/** What is known of some collections, for all rows: those without a sample are taken to be like the others. */
function forAllRows(survey: Survey, perRow: readonly (number | undefined)[]): number | undefined {
  const sums = survey.collections.reduce(
    ({ rows, total }, collection, index) => {
      const known = perRow[index];
      return known === undefined
        ? { rows, total }
        : { rows: rows + collection.rows, total: total + collection.rows * known };
    },
    { rows: 0, total: 0 },
  );
  return sums.rows === 0 ? undefined : (sums.total * survey.rows) / sums.rows;
}

/**
 * Decides everything before data is moved: from footers, and at most one slice per collection.
 * @throws `SCHEMA_CONFLICT`, `SHARDS_EXCEED_ROWS`, `PARTITION_INVALID`, `MEMORY_TOO_SMALL`.
 */
export async function planStage(
  context: JobContext,
  survey: Survey,
  { afterLosses = false, trial }: PlanStageOptions = {},
): Promise<Planned> {
  const { recipe, plugins, pool } = context;
  const treaty = jobTreaty(survey, recipe);
  // A collection that was lost meanwhile may have been the one that a rule is for.
  if (treaty.unused.length > 0 && !afterLosses) throw new RecipeInvalidError(treaty.unused);
  for (const warning of treaty.warnings) context.warn(warning);
  const files = planOrder(survey);
  const { rows } = survey;
  if (recipe.shards > rows) {
    const why = afterLosses ? ' that are left after the losses' : '';
    throw new RiffleError(
      'SHARDS_EXCEED_ROWS',
      `${recipe.shards} shards cannot be made of the ${rows} rows${why}: no shard may be empty. Ask for ${rows} shards or fewer.`,
      { shards: recipe.shards, rows },
      afterLosses ? { exitCode: 1 } : {},
    );
  }
  const partitioning = partitioningOf(plugins.layout, treaty.schema, plugins.writer);
  const sample = sampleTask(survey, treaty, files, recipe);
  const { bytesPerRow, valuesPerRow, leaves, largestRow, largestColumn, growth } = await pool.run('sample', sample);
  const inputBytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const decodedBytes = Math.ceil(forAllRows(survey, bytesPerRow) ?? inputBytes * 4);
  const cells = rows * leaves;
  const amounts = { rows, cells, values: forAllRows(survey, valuesPerRow) ?? cells, bytes: decodedBytes };
  const deal = createDeal(rows, recipe.shards);
  const writer: WriterMemory = {
    shards: recipe.shards,
    mostShards: Math.min(rows, recipeLimits.shards.maximum),
    rowGroupBytes: recipe.rowGroupBytes,
    leastRowGroupBytes: recipeLimits.rowGroupBytes.minimum,
    bytesOf: (shards, rowGroupBytes) =>
      (plugins.writer.estimateHeldBytes?.({
        rowGroupBytes,
        largestColumn,
        shardBytes: Math.ceil((decodedBytes / rows) * Math.ceil(rows / shards)),
      }) ?? 4 * rowGroupBytes) + (partitioning === undefined ? 0 : waitingRowGroups * rowGroupBytes),
  };
  const facts: ChoiceFacts = {
    budget: context.memory,
    workers: pool.workers,
    strategy: recipe.strategy,
    decodedBytes,
    inputBytes,
    outputBytes: Math.ceil(inputBytes * 1.15),
    verify: recipe.verify,
    cacheBytes: Math.max(0, context.freeMemory - context.memory),
    costs: assumedCosts(amounts),
    rowBytes: largestRow,
    growth: treaty.isIdentity ? 0 : growth,
    writer,
    writerBytes: writer.bytesOf(recipe.shards, recipe.rowGroupBytes),
    feedBytes: Math.min(feedBytes, recipe.rowGroupBytes),
  };
  const assumed = chooseStrategy(facts);
  const costs = await findCosts(context, { sample, survey, rows }, facts.costs, assumed, trial);
  const memory = costs === facts.costs ? assumed : chooseStrategy({ ...facts, costs });
  const plan: Plan = {
    recipe,
    survey,
    treaty: treaty.schema,
    columns: treaty.columns,
    settledRules: treaty.rules,
    rows,
    shards: recipe.shards,
    ...(partitioning === undefined ? {} : { partitionBy: partitioning.by }),
    rowsPerShard: [deal.rowsOf(recipe.shards - 1), deal.rowsOf(0)],
    seed: recipe.seed,
    shuffler: plugins.shuffler.name,
    memory,
    buckets: planBuckets(deal, memory.bucketBytes / Math.max(1, decodedBytes / rows)),
    estimatedDecodedBytes: decodedBytes,
    estimatedOutputBytes: facts.outputBytes,
    inputBytes,
    costs,
    estimatedTime: estimateTime(
      { ...facts, costs },
      { workers: memory.workers, passes: memory.passes, spillBytes: memory.estimatedSpillBytes },
    ),
  };
  context.emit({ type: 'planned', plan });
  return {
    plan,
    treaty,
    files,
    partitioning,
    chooseTuning: async () =>
      (
        await pool.run('tune', {
          sample,
          fileSchema: partitioning?.fileSchema ?? treaty.schema,
          compression: recipe.compression,
          profile: recipe.profile,
          rowGroupBytes: recipe.rowGroupBytes,
          rowsPerShard: deal.rowsOf(0),
        })
      ).tuning,
  };
}
