import { basename } from 'node:path';
import type { Storage } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { idOfRunFolder, removeRunFolder, runFolderOf, spillName, type RunFolder } from '../publishing/output-folder.ts';
import { foreignShards, type OutputState } from '../publishing/output-state.ts';
import { readJournal, startJournal, type Journal, type JournalContent } from './journal.ts';
import type { JobIdentity, JournalRecord } from './journal-records.ts';
import { refuseOtherJob } from './refuse-other-job.ts';

/** The work of an interrupted run that this one goes on with. */
export interface InterruptedWork extends JournalContent {
  /** Name of its folder in the state folder. */
  readonly name: string;
}

/** Where a run works, and where it writes down what is done. */
export interface Work {
  readonly folder: RunFolder;
  readonly journal: Journal;
  /** Files at names of shards that are somebody else's: they were there before any result or work of Riffle's. */
  readonly setAside: readonly string[];
  /** What an earlier run wrote down; nothing at the start of a job. */
  readonly records: readonly JournalRecord[];
}

/** The first interrupted run whose journal can be read. */
export async function findInterruptedWork(
  storage: Storage,
  stateFolder: string,
  { interrupted }: OutputState,
): Promise<InterruptedWork | undefined> {
  for (const name of interrupted) {
    const content = await readJournal(storage, storage.join(stateFolder, name));
    if (content !== undefined) return { name, ...content };
  }
  return undefined;
}

/** A spill folder that a journal names is removed only if its name is what that run would have given it. */
async function removeOldSpill(storage: Storage, id: string, spillFolder: string): Promise<void> {
  if (basename(spillFolder) === spillName(id)) await storage.remove(spillFolder);
}

async function removeLitter(
  storage: Storage,
  stateFolder: string,
  { interrupted, litter }: OutputState,
  keep: string | undefined,
): Promise<void> {
  for (const name of interrupted) {
    if (name === keep) continue;
    const run = storage.join(stateFolder, name);
    const content = await readJournal(storage, run);
    if (content !== undefined) await removeOldSpill(storage, idOfRunFolder(name), content.begin.spillFolder);
    await storage.remove(run);
  }
  for (const location of litter) await storage.remove(location);
}

/**
 * Makes the run's folder and starts its journal, or goes on with an interrupted run's. What else crashes left is removed.
 * @throws `RESUME_REFUSED` if the interrupted run was for another job; nothing is changed then
 */
export async function beginWork(
  context: Pick<JobContext, 'recipe' | 'plugins' | 'memory' | 'locate'> & { readonly id: string },
  output: string,
  state: OutputState,
  identity: JobIdentity,
  interrupted: InterruptedWork | undefined,
): Promise<Work> {
  const { storage } = context.plugins;
  const { tempDir } = context.recipe;
  if (interrupted !== undefined) refuseOtherJob(output, interrupted.begin.identity, identity);
  const id = interrupted === undefined ? context.id : idOfRunFolder(interrupted.name);
  const folder = runFolderOf(storage, output, tempDir === undefined ? undefined : context.locate(tempDir), id);
  await removeLitter(storage, folder.state, state, interrupted?.name);
  try {
    const setAside = interrupted?.begin.setAside ?? foreignShards(state, context.plugins.writer.extension);
    return await startWork(context, folder, identity, interrupted, setAside);
  } catch (error) {
    // A folder with a journal and no work would be taken for an interrupted run.
    if (interrupted === undefined) await removeRunFolder(storage, folder).catch(() => undefined);
    throw error;
  }
}

async function startWork(
  { plugins: { storage }, memory }: Pick<JobContext, 'plugins' | 'memory'>,
  folder: RunFolder,
  identity: JobIdentity,
  interrupted: InterruptedWork | undefined,
  setAside: readonly string[],
): Promise<Work> {
  await storage.makeFolder(folder.shards);
  let records = interrupted?.records ?? [];
  if (interrupted !== undefined && interrupted.begin.spillFolder !== folder.spill) {
    await removeOldSpill(storage, folder.id, interrupted.begin.spillFolder);
    records = records.filter(({ type }) => type !== 'scattered');
  }
  const begin = {
    type: 'begin',
    format: 'riffle-journal-v1',
    identity,
    spillFolder: folder.spill,
    memory,
    setAside,
  } as const;
  const journal = await startJournal(storage, folder.run, begin, records);
  try {
    // After the journal that names it: a crash leaves no folder elsewhere that nobody knows of.
    await storage.makeFolder(folder.spill);
  } catch (error) {
    await journal.close();
    throw error;
  }
  return { folder, journal, setAside, records };
}

/** Ends the journal; the work stays only if another run can go on with it. Never throws: what is left is litter for the next run. */
export async function endWork(storage: Storage, { folder, journal }: Work, keep: boolean): Promise<void> {
  try {
    // Also if the journal cannot be closed, its work is of no use any more.
    await journal.close().catch(() => undefined);
    if (!keep) await removeRunFolder(storage, folder);
  } catch {
    // Said above.
  }
}
