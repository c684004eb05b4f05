import type { Storage } from '@riffle/core';

/** Folder inside the output for all that is not data. Dot folders are ignored by the tools that load the result. */
export const stateFolder = '.riffle';
export const manifestName = 'manifest.json';
/** The manifest of a result that is being replaced: tells, after a crash, what of it there is still to remove. */
export const replacedName = 'replaced.json';
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
export const setAsidePrefix = 'set-aside-';

/** Files of the state folder that say nothing about whether a result or a run's work is there. */
export function isOwnFile(name: string): boolean {
  return (
    [logName, previousLogName, lockName, lostName, reportName, cardRecordName, cardName, replacedName].includes(name) ||
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
