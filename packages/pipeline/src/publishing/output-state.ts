import type { Storage } from '@riffle/core';
import { journalName } from '../resuming/journal.ts';
import { isLockFile } from './lock-files.ts';
import { isOwnFile, isRunFolder, isShardName, manifestName, probePrefix, stateFolder } from './output-folder.ts';

/** What stands in an output folder before a run. */
export interface OutputState {
  /** Whether there is a manifest. */
  readonly finished: boolean;
  /** Run folders with a journal: an interrupted run's work. */
  readonly interrupted: readonly string[];
  /** Locations of what crashes left and nobody needs. */
  readonly litter: readonly string[];
  /** Names of everything else in the output folder itself, and of what does not belong in the state folder. */
  readonly others: readonly string[];
}

const nothing: OutputState = { finished: false, interrupted: [], litter: [], others: [] };

/** Files named like shards in a folder that is neither a result nor holds work: they are none of Riffle's. */
export function foreignShards({ finished, interrupted, others }: OutputState, extension: string): readonly string[] {
  return finished || interrupted.length > 0 ? [] : others.filter((name) => isShardName(name, extension));
}

async function readStateFolder(
  storage: Storage,
  location: string,
  signal: AbortSignal | undefined,
): Promise<OutputState> {
  const interrupted: string[] = [];
  const litter: string[] = [];
  const others: string[] = [];
  let finished = false;
  for (const { path, kind } of await storage.list(location, { signal })) {
    const here = storage.join(location, path);
    if (path === manifestName) finished = true;
    else if (isRunFolder(path) && kind === 'directory') {
      const journal = await storage.stat(storage.join(here, journalName), { signal });
      if (journal?.kind === 'file') interrupted.push(path);
      else litter.push(here);
    } else if (path.endsWith('.partial')) litter.push(here);
    else if (!isOwnFile(path) && !isLockFile(path)) others.push(`${stateFolder}/${path}`);
  }
  return { finished, interrupted, litter, others };
}

/** Looks into an output folder, which need not exist. Changes nothing. */
export async function readOutputState(
  storage: Storage,
  output: string,
  signal: AbortSignal | undefined,
): Promise<OutputState> {
  if ((await storage.stat(output, { signal }))?.kind !== 'directory') return nothing;
  let state = nothing;
  const others: string[] = [];
  const litter: string[] = [];
  for (const { path, kind } of await storage.list(output, { signal })) {
    const here = storage.join(output, path);
    if (path === stateFolder && kind === 'directory') state = await readStateFolder(storage, here, signal);
    else if (path.startsWith(probePrefix)) litter.push(here);
    else others.push(path);
  }
  return { ...state, litter: [...state.litter, ...litter], others: [...others, ...state.others] };
}
