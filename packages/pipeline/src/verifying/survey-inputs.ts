import type { SurveyedCollection } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import type { SchemaTable } from '../survey/schema-table.ts';
import { createSharedFiles } from '../survey/shared-files.ts';
import { surveyCollection } from '../survey/survey-collection.ts';
import { countLost } from '../survey/survey-stage.ts';
import type { LocatedInput } from './locate-inputs.ts';

/**
 * Reads the metadata of everything below each location, as the survey of a job does; undefined for a collection whose location has nothing.
 * What a job would warn of was told when the result was made.
 */
export async function surveyInputs(
  context: JobContext,
  inputs: readonly LocatedInput[],
  schemas: SchemaTable,
): Promise<readonly (SurveyedCollection | undefined)[]> {
  // Good files beside bad ones are wanted too: the receipt says which of them were used.
  const quiet: JobContext = { ...context, recipe: { ...context.recipe, onBadShard: 'salvage' }, warn: () => undefined };
  const surveyed: (SurveyedCollection | undefined)[] = [];
  for (const [index, { name, location }] of inputs.entries()) {
    const place = { index, of: inputs.length, name, path: location };
    context.emit({ type: 'collection-started', ...place });
    const there = await context.plugins.storage.stat(location);
    const collection =
      there === undefined
        ? undefined
        : await surveyCollection(quiet, { name, path: location }, location, schemas, createSharedFiles());
    surveyed.push(collection);
    context.emit({
      type: 'collection-surveyed',
      ...place,
      loaded: collection?.shards.length ?? 0,
      ...countLost(collection?.lost ?? []),
      rows: collection?.rows ?? 0,
    });
  }
  return surveyed;
}
