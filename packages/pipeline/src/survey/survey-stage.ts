import { RiffleError, type LostShard, type Survey, type SurveyedCollection } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { hiveFoldersWarning } from './hive-folders.ts';
import { createSchemaTable } from './schema-table.ts';
import { createSharedFiles } from './shared-files.ts';
import { surveyCollection } from './survey-collection.ts';

/** Shards of a collection by what became of them. */
export function countLost(lost: readonly LostShard[]): Readonly<Record<LostShard['status'], number>> {
  const count = (status: LostShard['status']) => lost.filter((shard) => shard.status === status).length;
  return {
    missing: count('missing'),
    failed: count('failed'),
    empty: count('empty'),
    salvaged: count('salvaged'),
  };
}

/** The error for `--on-bad-shard fail`, of at least one shard. */
export function badShardError(failed: readonly LostShard[]): RiffleError {
  const { collection, path, reason } = failed[0]!;
  return new RiffleError(
    'BAD_SHARD',
    `Shard ${path} of collection ${collection} cannot be used: ${reason.replace(/\.$/, '')}${failed.length === 1 ? '' : ` (one of ${failed.length} such shards)`}. Repair or remove what cannot be read, change the rule that a value does not fit, or go on without it: --on-bad-shard skip, or salvage to keep what can be read.`,
    { collection, shard: path, failed: failed.length },
  );
}

/**
 * Reads only metadata. Collections are surveyed one after the other, their files in parallel. Whether the job may go on with
 * what was found is for `checkLosses` to say, so that all losses are known before one of them stops the job.
 */
export async function surveyStage(context: JobContext): Promise<Survey> {
  const { recipe, plugins, emit } = context;
  const schemas = createSchemaTable();
  const shared = createSharedFiles();
  const collections: SurveyedCollection[] = [];
  const of = recipe.collections.length;
  for (const [index, collection] of recipe.collections.entries()) {
    const { name, path } = collection;
    emit({ type: 'collection-started', index, of, name, path });
    const surveyed = await surveyCollection(context, collection, context.locate(path), schemas, shared);
    collections.push(surveyed);
    emit({
      type: 'collection-surveyed',
      index,
      of,
      name,
      path,
      loaded: surveyed.shards.length,
      ...countLost(surveyed.lost),
      rows: surveyed.rows,
    });
    for (const lost of surveyed.lost) emit({ type: 'shard-lost', lost });
  }
  for (const warning of shared.warnings()) context.warn(warning);
  for (const collection of collections) {
    const warning = hiveFoldersWarning(collection, schemas.schemas);
    if (warning !== undefined) context.warn(warning);
  }
  const rows = collections.reduce((sum, collection) => sum + collection.rows, 0);
  emit({ type: 'surveyed', collections: collections.filter((collection) => collection.rows > 0).length, of, rows });
  return { collections, schemas: schemas.schemas, readers: plugins.readers.map((reader) => reader.name), rows };
}

/** The error for a job in which nothing is left to shuffle. */
export function noRowsError(collections: readonly SurveyedCollection[]): RiffleError {
  const summaries = collections.map(({ name, path, shards, lost }) => {
    const { missing, failed, empty } = countLost(lost);
    return `${name} (${path}): ${shards.length} loaded, ${missing} missing, ${failed} failed, ${empty} empty`;
  });
  return new RiffleError(
    'NO_ROWS',
    `No collection holds any row, so there is nothing to shuffle. ${summaries.join('; ')}. Check the paths and the reasons above.`,
  );
}
