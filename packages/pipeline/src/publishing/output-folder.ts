import type { Storage } from '@riffle/core';
import { shardName } from '../moving/open-shard.ts';

/** Folder inside the output for all that is not data. Dot folders are ignored by the tools that load the result. */
export const stateFolder = '.riffle';
export const manifestName = 'manifest.json';
export const logName = 'log.jsonl';

/** Matches the names of output shards, whatever their number; nothing else in the folder is ever touched. */
export function isShardName(name: string, extension: string): boolean {
  return /^\d{5,}$/.test(name.slice(0, -extension.length)) && name.endsWith(extension);
}

/** Where a run keeps its work: on the output's file system, so that renames into place are atomic. */
export interface RunFolder {
  readonly output: string;
  readonly state: string;
  readonly run: string;
  /** Shards being written. */
  readonly shards: string;
  /** Spill files. */
  readonly spill: string;
  remove(): Promise<void>;
}

/** Creates `<output>/.riffle/run-<id>/`, and the spill folder in `tempDir` if there is one. */
export async function createRunFolder(
  storage: Storage,
  output: string,
  tempDir: string | undefined,
  id: string,
): Promise<RunFolder> {
  const state = storage.join(output, stateFolder);
  const run = storage.join(state, `run-${id}`);
  const shards = storage.join(run, 'shards');
  const spill = tempDir === undefined ? storage.join(run, 'spill') : storage.join(tempDir, `riffle-${id}`);
  await storage.makeFolder(shards);
  await storage.makeFolder(spill);
  return {
    output,
    state,
    run,
    shards,
    spill,
    async remove() {
      await storage.remove(spill);
      await storage.remove(run);
    },
  };
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
 * leaves a folder without a manifest: not a result.
 */
export async function moveIntoPlace(
  storage: Storage,
  folder: RunFolder,
  shards: number,
  extension: string,
): Promise<void> {
  await storage.remove(storage.join(folder.state, manifestName));
  await storage.syncFolder(folder.state);
  for (const name of await publishedShards(storage, folder.output, extension))
    await storage.remove(storage.join(folder.output, name));
  for (let shard = 0; shard < shards; shard++) {
    const name = shardName(shard, extension);
    await storage.rename(storage.join(folder.shards, name), storage.join(folder.output, name));
  }
  await storage.syncFolder(folder.output);
}

/** Writes a whole file under another name, makes it durable, and renames it into place. */
export async function writeDurably(storage: Storage, folder: string, name: string, text: string): Promise<void> {
  const temporary = storage.join(folder, `${name}.partial`);
  const file = await storage.create(temporary, { overwrite: true });
  try {
    await file.write(new TextEncoder().encode(text));
    await file.sync();
  } finally {
    await file.close();
  }
  await storage.rename(temporary, storage.join(folder, name));
  await storage.syncFolder(folder);
}
