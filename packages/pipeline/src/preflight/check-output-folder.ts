import { RiffleError, type JobOptions, type Recipe, type Storage, type StorageEntry } from '@riffle/core';
import { logName, manifestName, stateFolder } from '../publishing/output-folder.ts';
import { checkOverlap } from './check-overlap.ts';
import { locate } from './locate.ts';
import { PROBE_PREFIX, tryWriting } from './try-writing.ts';

/**
 * Whether a job may publish into its output folder: apart from the inputs, empty or to be overwritten, and writable,
 * which is tried with a real file. Leaves nothing behind.
 *
 * @throws OVERLAPPING_FOLDERS, OUTPUT_NOT_EMPTY or OUTPUT_NOT_WRITABLE
 */
export async function checkOutputFolder(
  recipe: Pick<Recipe, 'collections' | 'output' | 'tempDir' | 'overwrite'>,
  storage: Storage,
  jobOptions: Pick<JobOptions, 'baseFolder' | 'signal'>,
): Promise<void> {
  const { signal } = jobOptions;
  const location = locate(recipe.output, jobOptions.baseFolder, storage);
  await checkOverlap(recipe, storage, jobOptions);
  if (!recipe.overwrite) await refuseOccupied(location, storage, signal);
  try {
    await tryWriting(location, storage, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The output folder ${location} cannot be written, tried with a real file. ${reason}`;
    throw new RiffleError('OUTPUT_NOT_WRITABLE', message, { output: location }, { cause: error });
  }
}

async function refuseOccupied(location: string, storage: Storage, signal: AbortSignal | undefined): Promise<void> {
  if ((await storage.stat(location, { signal }))?.kind !== 'directory') return;
  const entries = (await storage.list(location, { signal })).filter(({ path }) => !path.startsWith(PROBE_PREFIX));
  if (entries.length === 0 || (await holdsOnlyLog(location, entries, storage, signal))) return;
  const manifest = storage.join(location, stateFolder, manifestName);
  const finished = (await storage.stat(manifest, { signal })) !== undefined;
  throw new RiffleError('OUTPUT_NOT_EMPTY', describe(location, entries, finished), {
    output: location,
    entries: entries.length,
    finished,
  });
}

/** All that a job leaves which failed or was stopped in order: no reason to ask for --overwrite at the next try. */
async function holdsOnlyLog(
  location: string,
  entries: readonly StorageEntry[],
  storage: Storage,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const [entry, ...others] = entries;
  if (entry?.path !== stateFolder || entry.kind !== 'directory' || others.length > 0) return false;
  const state = await storage.list(storage.join(location, stateFolder), { signal });
  return state.every(({ path, kind }) => path === logName && kind === 'file');
}

function describe(location: string, entries: readonly StorageEntry[], finished: boolean): string {
  if (finished) {
    return `The output folder ${location} already holds a finished result. Give --overwrite to replace it once the new one is verified, or choose another folder.`;
  }
  if (entries.some(({ path }) => path === stateFolder)) {
    return `The output folder ${location} holds what an unfinished run left behind (a ${stateFolder} folder without a manifest). It is no result: give --overwrite to start afresh, or choose another folder.`;
  }
  const things = entries.length === 1 ? entries[0]!.path : `${entries.length} things, for instance ${entries[0]!.path}`;
  return `The output folder ${location} is not empty: it holds ${things}. Choose an empty or new folder, or give --overwrite to write into this one.`;
}
