import type { Storage } from '@riffle/core';
import { shardName } from '../moving/open-shard.ts';

/** Folder inside the output for all that is not data. Dot folders are ignored by the tools that load the result. */
export const stateFolder = '.riffle';
export const manifestName = 'manifest.json';
export const logName = 'log.jsonl';
/** The log of the run that another one goes on with. */
export const previousLogName = 'log.previous.jsonl';
export const lostName = 'lost.jsonl';
export const lockName = 'lock';
export const reportName = 'report.html';
/** What Riffle wrote of the dataset card beside the shards, and the card where that one is somebody else's. */
export const cardRecordName = 'card.json';
export const cardName = 'README.md';
/** Start of the names of the files that try whether a folder can be written; a crash may leave one behind. */
export const probePrefix = '.riffle-probe-';
const runPrefix = 'run-';
const setAsidePrefix = 'set-aside-';

/** Files of the state folder that say nothing about whether a result or a run's work is there. */
export function isOwnFile(name: string): boolean {
  return (
    [logName, previousLogName, lockName, lostName, reportName, cardRecordName, cardName].includes(name) ||
    name.startsWith(setAsidePrefix)
  );
}

export function isRunFolder(name: string): boolean {
  return name.startsWith(runPrefix);
}

/** Matches the names of output shards, whatever their number; nothing else in the folder is ever touched. */
export function isShardName(name: string, extension: string): boolean {
  return /^\d{5,}$/.test(name.slice(0, -extension.length)) && name.endsWith(extension);
}

/** Where a run keeps its work: on the output's file system, so that renames into place are atomic. */
export interface RunFolder {
  readonly id: string;
  readonly output: string;
  readonly state: string;
  readonly run: string;
  /** Shards being written. */
  readonly shards: string;
  /** Spill files. */
  readonly spill: string;
}

/** Places of `<output>/.riffle/run-<id>/`, and of the spill folder in `tempDir` if there is one. Makes nothing. */
export function runFolderOf(storage: Storage, output: string, tempDir: string | undefined, id: string): RunFolder {
  const state = storage.join(output, stateFolder);
  const run = storage.join(state, `${runPrefix}${id}`);
  return {
    id,
    output,
    state,
    run,
    shards: storage.join(run, 'shards'),
    spill: tempDir === undefined ? storage.join(run, 'spill') : storage.join(tempDir, spillName(id)),
  };
}

/** Name of a run's own folder in a temp folder, which others may use as well. */
export function spillName(id: string): string {
  return `riffle-${id}`;
}

export function idOfRunFolder(name: string): string {
  return name.slice(runPrefix.length);
}

/** Removes all that a run kept for itself. The journal goes last: it is what tells of a spill folder elsewhere. */
export async function removeRunFolder(storage: Storage, folder: Pick<RunFolder, 'run' | 'spill'>): Promise<void> {
  await storage.remove(folder.spill);
  await storage.syncFolder(storage.join(folder.spill, '..')).catch(() => undefined);
  await storage.remove(folder.run);
}

/** Names of the shards now at final places. */
export async function publishedShards(storage: Storage, output: string, extension: string): Promise<readonly string[]> {
  const entries = await storage.list(output);
  return entries
    .filter((entry) => entry.kind === 'file' && isShardName(entry.path, extension))
    .map((entry) => entry.path);
}

/**
 * Moves verified shards to their final names. An old result loses its manifest first, so that a crash in between
 * leaves a folder without a manifest: not a result. A run that goes on after such a crash finds some shards in place; those
 * have been found whole, and stay. Files of `setAside`, which are named like shards and were never a result of Riffle's, are not
 * removed but moved to `.riffle/set-aside-<id>/`.
 */
export async function moveIntoPlace(
  storage: Storage,
  folder: RunFolder,
  shards: number,
  extension: string,
  { signal, setAside = [] }: { readonly signal?: AbortSignal | undefined; readonly setAside?: readonly string[] } = {},
): Promise<void> {
  await storage.remove(storage.join(folder.state, manifestName));
  await storage.syncFolder(folder.state);
  const names = Array.from({ length: shards }, (_, shard) => shardName(shard, extension));
  const waiting = new Set((await storage.list(folder.shards)).map(({ path }) => path));
  const placed = new Set(names.filter((name) => !waiting.has(name)));
  const old = (await publishedShards(storage, folder.output, extension)).filter((name) => !placed.has(name));
  const aside = storage.join(folder.state, `${setAsidePrefix}${folder.id}`);
  if (setAside.length > 0) await storage.makeFolder(aside);
  for (const name of old) {
    const [here, there] = [storage.join(folder.output, name), storage.join(aside, name)];
    // If it was moved before, this is a shard that an interrupted publishing has put there.
    if (setAside.includes(name) && (await storage.stat(there)) === undefined) await storage.rename(here, there);
    else await storage.remove(here);
  }
  if (setAside.length > 0) await storage.syncFolder(aside);
  for (const name of names) {
    // Ten thousand renames can take a while; another run can go on from any of them.
    signal?.throwIfAborted();
    if (waiting.has(name)) await storage.rename(storage.join(folder.shards, name), storage.join(folder.output, name));
  }
  await storage.syncFolder(folder.output);
}

/** Writes a whole file under another name, makes it durable, and renames it into place. */
export async function writeDurably(
  storage: Storage,
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<void> {
  const temporary = storage.join(folder, `${name}.partial`);
  const file = await storage.create(temporary, { overwrite: true });
  try {
    await file.write(typeof content === 'string' ? new TextEncoder().encode(content) : content);
    await file.sync();
  } finally {
    await file.close();
  }
  await storage.rename(temporary, storage.join(folder, name));
  await storage.syncFolder(folder);
}
