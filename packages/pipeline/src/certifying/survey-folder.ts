import { RiffleError, type Survey } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { planOrder, type PlacedFile } from '../survey/plan-order.ts';
import { createSchemaTable } from '../survey/schema-table.ts';
import { noRowsError } from '../survey/survey-stage.ts';
import { surveyInputs } from '../verifying/survey-inputs.ts';

/** The files of a folder that hold rows, in file order, and what of it could not be read. */
export interface SurveyedFolder {
  readonly schemas: Survey['schemas'];
  readonly files: readonly PlacedFile[];
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * Reads the metadata of all files below a folder, whoever wrote them. File order is that of the whole relative paths as UTF-8 bytes, which is how loaders list them.
 * @throws `USAGE` if nothing is there, `NO_ROWS` if no file holds any
 */
export async function surveyFolder(context: JobContext, location: string): Promise<SurveyedFolder> {
  const table = createSchemaTable();
  const quiet = { ...context, emit: () => undefined };
  const [collection] = await surveyInputs(quiet, [{ name: 'data', location }], table);
  if (collection === undefined)
    throw new RiffleError('USAGE', `${location} does not exist. Give the folder of a dataset, or one of its files.`);
  const survey = { collections: [collection], schemas: table.schemas, readers: [], rows: collection.rows };
  const files = planOrder(survey).filter(({ file }) => file.rows > 0);
  if (files.length === 0) throw noRowsError([{ ...collection, path: location }]);
  const leftOut = collection.lost
    .filter(({ status }) => status === 'failed' || status === 'salvaged')
    .flatMap(({ path, reason, damage }) =>
      damage === undefined || damage.length === 0
        ? [{ path, reason }]
        : damage.map((file) => ({ path: file.path, reason: file.reason })),
    );
  return { schemas: table.schemas, files, leftOut };
}
