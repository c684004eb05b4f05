import { RiffleError, type Inspection, type InspectedPath, type JobOptions } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { inspectPath } from './inspecting/inspect-path.ts';
import { asRiffleError, startJob } from './start-job.ts';

/** What `inspect` is given beside the paths. */
export interface InspectOptions extends JobOptions {
  /** Rows shown of each path: 0 to 1000, default 3. */
  readonly rows?: number | undefined;
}

/** The most rows that are shown. */
const MOST_ROWS = 1000;
/** Reading metadata is soon done: more threads take longer to start than they save. */
const MOST_WORKERS = 4;
/** A worker that shows no sign of life for so long while it reads a few rows has met a file that makes it hang. */
const STALL_SECONDS = 60;

function checkRequest(paths: readonly string[], rows: number): void {
  if (paths.length === 0)
    throw new RiffleError('USAGE', 'There is nothing to inspect: give the path of a file or folder.');
  if (!Number.isInteger(rows) || rows < 0 || rows > MOST_ROWS)
    throw new RiffleError('USAGE', `The number of rows to show must be a whole number from 0 to ${MOST_ROWS}.`, {
      rows,
    });
}

/**
 * Looks at files, folders of shards and results: rows, schemas, how they are stored, problems, and a few rows, from metadata and as
 * little data as these rows need. A file that cannot be read is a problem of what comes back, and no failure: so is a folder of broken
 * ones. Loads only the plugins it is given, and writes nothing.
 *
 * @param paths At least one; relative ones start at `baseFolder`.
 * @throws `USAGE` before any work if a path does not exist or the number of rows cannot be; then what depends on the machine.
 */
export async function inspect(paths: readonly string[], options: InspectOptions): Promise<Inspection> {
  const { rows = 3 } = options;
  checkRequest(paths, rows);
  // No job is planned from this; it stands for the parts of a job that inspecting needs.
  const recipe = recipeSchema.parse({
    collections: [{ name: 'inspected', path: '.' }],
    output: '.',
    workers: Math.max(1, Math.min(MOST_WORKERS, options.availableCpus)),
    stallSeconds: STALL_SECONDS,
  });
  const context = await startJob(recipe, {
    ...options,
    onEvent: (event) => event.type !== 'configured' && options.onEvent?.(event),
  });
  try {
    for (const path of paths) {
      const location = context.locate(path);
      if ((await context.plugins.storage.stat(location, { signal: options.signal })) === undefined)
        throw new RiffleError('USAGE', `${path} does not exist. Give the path of a file or folder that does.`, {
          location,
        });
    }
    const inspected: InspectedPath[] = [];
    for (const path of paths) inspected.push(await inspectPath(context, path, rows));
    return { ok: true, paths: inspected };
  } catch (error) {
    throw asRiffleError(error, options.signal);
  } finally {
    await context.close();
  }
}
