import { isRiffleError, RiffleError, type JobOptions, type Recipe, type Storage } from '@riffle/core';
import { stateFolder } from '../publishing/output-folder.ts';
import { refuseLocked } from '../publishing/output-lock.ts';
import { readOutputState } from '../publishing/output-state.ts';
import { checkOverlap } from './check-overlap.ts';
import { locate } from './locate.ts';
import { refuseOccupied } from './refuse-occupied.ts';
import { tryWriting } from './try-writing.ts';

/**
 * Whether a job may publish into its output folder: apart from the inputs, used by no other run, empty or to be overwritten or
 * gone on with, and writable, which is tried with a real file. Leaves nothing behind.
 *
 * @param onOccupied gets the error for a folder that is in use or not empty, which is then not thrown: for those who only plan
 * @throws OVERLAPPING_FOLDERS, OUTPUT_LOCKED, OUTPUT_NOT_EMPTY or OUTPUT_NOT_WRITABLE
 */
export async function checkOutputFolder(
  recipe: Pick<Recipe, 'collections' | 'output' | 'tempDir' | 'overwrite'>,
  storage: Storage,
  jobOptions: Pick<JobOptions, 'baseFolder' | 'signal' | 'resume'>,
  onOccupied?: (error: RiffleError) => void,
): Promise<void> {
  const { signal } = jobOptions;
  const location = locate(recipe.output, jobOptions.baseFolder, storage);
  await checkOverlap(recipe, storage, jobOptions);
  try {
    await refuseLocked(storage, location, storage.join(location, stateFolder));
    const { overwrite } = recipe;
    const resume = jobOptions.resume === true;
    refuseOccupied(location, await readOutputState(storage, location, signal), { overwrite, resume });
  } catch (error) {
    const occupied = isRiffleError(error) && ['OUTPUT_LOCKED', 'OUTPUT_NOT_EMPTY'].includes(error.code);
    if (onOccupied === undefined || !occupied) throw error;
    onOccupied(error);
  }
  try {
    await tryWriting(location, storage, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The output folder ${location} cannot be written, tried with a real file. ${reason}`;
    throw new RiffleError('OUTPUT_NOT_WRITABLE', message, { output: location }, { cause: error });
  }
}
