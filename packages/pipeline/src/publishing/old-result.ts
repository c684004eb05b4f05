import { isShardPath, type Manifest, type OutputShardReceipt, type Storage } from '@riffle/core';
import { manifestIn } from '../verifying/read-manifest.ts';
import { manifestName, replacedName, stateFolder } from './output-folder.ts';
import { foldersOf } from './shard-paths.ts';

/** What a folder holds of an older result, also after a run that was interrupted while it replaced that. */
export async function oldResult(storage: Storage, output: string): Promise<Manifest | undefined> {
  const state = storage.join(output, stateFolder);
  return (
    (await manifestIn(storage, storage.join(state, manifestName))) ??
    (await manifestIn(storage, storage.join(state, replacedName)))
  );
}

/** Takes a result's manifest away, so that its folder is none any more, and keeps it under another name for {@link oldResult}. */
export async function retireResult(storage: Storage, state: string): Promise<void> {
  const manifest = storage.join(state, manifestName);
  if ((await storage.stat(manifest)) !== undefined) await storage.rename(manifest, storage.join(state, replacedName));
  await storage.syncFolder(state);
}

/**
 * Removes the shards of an older result, but those at paths of `kept`, and the folders but those of `needed` that are empty then. What is not as long as it
 * was may be somebody else's by now, and stays.
 */
export async function removeOldShards(
  storage: Storage,
  output: string,
  old: readonly OutputShardReceipt[],
  kept: ReadonlySet<string>,
  needed: readonly string[],
): Promise<void> {
  const own = old.filter(({ file }) => isShardPath(file) && !kept.has(file));
  for (const { file, bytes } of own) {
    const location = storage.join(output, file);
    const entry = await storage.stat(location);
    if (entry?.kind === 'file' && entry.size === bytes) await storage.remove(location);
  }
  for (const folder of foldersOf(own.map(({ file }) => file)).toReversed()) {
    const location = storage.join(output, folder);
    if (needed.includes(folder) || (await storage.stat(location))?.kind !== 'directory') continue;
    if ((await storage.list(location)).length === 0) await storage.remove(location);
  }
}
