import type { OutputShardReceipt, Storage } from '@riffle/core';
import { shardName } from '../moving/open-shard.ts';
import { removeOldShards, retireResult } from './old-result.ts';
import { publishedShards, setAsidePrefix, type RunFolder } from './output-folder.ts';
import { foldersOf } from './shard-paths.ts';

export interface PlacingOptions {
  readonly signal?: AbortSignal | undefined;
  /** Names of files in the output folder that are named like shards and were never a result of Riffle's. */
  readonly setAside?: readonly string[];
  /** Shards of the result that is replaced. */
  readonly old?: readonly OutputShardReceipt[] | undefined;
  /** Names of the files in the run's folder, in the order of the paths; numbers of shards unless given. */
  readonly staged?: readonly string[] | undefined;
  /** Told of each file that was in the way of a shard with a name of its own: where it is now. */
  readonly onSetAside?: (path: string, kept: string) => void;
}

/**
 * Moves verified shards to their final paths. An old result loses its manifest first, so that a crash in between
 * leaves a folder without a manifest: not a result. A run that goes on after such a crash finds some shards in place; those
 * have been found whole, and stay. Files that are somebody else's and in the way are not removed but moved to `.riffle/set-aside-<id>/`.
 *
 * @param paths of the files, in the order of their shards, below the output folder.
 */
export async function moveIntoPlace(
  storage: Storage,
  folder: RunFolder,
  paths: readonly string[],
  extension: string,
  { signal, setAside = [], old: replaced = [], staged: names, onSetAside }: PlacingOptions = {},
): Promise<void> {
  const folders = foldersOf(paths);
  // While the old result is still one: what stands in the way of a folder is told before anything is touched.
  for (const each of folders) await storage.makeFolder(storage.join(folder.output, each));
  await retireResult(storage, folder.state);
  const waiting = new Set((await storage.list(folder.shards)).map(({ path }) => path));
  const stagedNames = names ?? paths.map((_, shard) => shardName(shard, extension));
  const isWaiting = (index: number) => waiting.has(stagedNames[index]!);
  const placed = new Set(paths.filter((_, index) => !isWaiting(index)));
  const old = (await publishedShards(storage, folder.output, extension)).filter((name) => !placed.has(name));
  const aside = storage.join(folder.state, `${setAsidePrefix}${folder.id}`);
  if (setAside.length > 0) await storage.makeFolder(aside);
  for (const name of old) {
    const [here, there] = [storage.join(folder.output, name), storage.join(aside, name)];
    // If it was moved before, this is a shard that an interrupted publishing has put there.
    if (setAside.includes(name) && (await storage.stat(there)) === undefined) await storage.rename(here, there);
    else await storage.remove(here);
  }
  await removeOldShards(storage, folder.output, replaced, placed, folders);
  if (setAside.length > 0) await storage.syncFolder(aside);
  for (const [index, path] of paths.entries()) {
    // Ten thousand renames can take a while; another run can go on from any of them.
    signal?.throwIfAborted();
    if (!isWaiting(index)) continue;
    const place = storage.join(folder.output, path);
    const staged = stagedNames[index]!;
    // Plain names were cleared above.
    if (path !== staged && (await storage.stat(place)) !== undefined) {
      const kept = storage.join(aside, path);
      await storage.makeFolder(storage.join(kept, '..'));
      await storage.rename(place, kept);
      await storage.syncFolder(storage.join(kept, '..'));
      onSetAside?.(path, kept);
    }
    await storage.rename(storage.join(folder.shards, staged), place);
  }
  for (const each of folders) await storage.syncFolder(storage.join(folder.output, each));
  await storage.syncFolder(folder.output);
}
