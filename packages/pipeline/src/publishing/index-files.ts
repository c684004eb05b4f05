import { createHash } from 'node:crypto';
import { schemaFromBytes } from '@riffle/columnar';
import { RiffleError, type IndexReceipt, type JsonValue, type Storage } from '@riffle/core';
import type { WrittenShard } from '../moving/open-shard.ts';
import type { Planned } from '../planning/plan-stage.ts';
import type { StartedJob } from '../start-job.ts';
import { isShardName, stateFolder, writeDurably } from './output-folder.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Whether a file of this name may stand beside the shards: whoever says so, a writer or a manifest, reaches nothing else by it. */
export function isIndexName(name: string, extension: string): boolean {
  return (
    /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(name) &&
    !isShardName(name, extension) &&
    !/\.partial$|^README\.md$/i.test(name)
  );
}

/** sha256 of a file, or undefined if there is none, or none of this size. */
export async function digestOf(storage: Storage, location: string, bytes: number): Promise<string | undefined> {
  const entry = await storage.stat(location);
  if (entry?.kind !== 'file' || entry.size !== bytes) return undefined;
  const file = await storage.open(location);
  try {
    const hash = createHash('sha256');
    for (let offset = 0; offset < bytes; offset += 2 ** 22)
      hash.update(await file.read(offset, Math.min(2 ** 22, bytes - offset)));
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

/** Removes an older result's index, as far as it is still what that result wrote. */
export async function removeIndex(
  storage: Storage,
  output: string,
  extension: string,
  index: readonly IndexReceipt[] = [],
): Promise<void> {
  for (const { file, bytes, sha256: digest } of index) {
    const location = storage.join(output, file);
    if (isIndexName(file, extension) && (await digestOf(storage, location, bytes)) === digest)
      await storage.remove(location);
  }
}

/**
 * Writes what the format needs beside the shards. A file of that name that is there already is moved into the state folder, for it may be somebody
 * else's.
 * @throws `INTERNAL` if the writer gives a name that is not one.
 */
export async function writeIndex(
  { plugins: { storage, writer }, recipe, warn }: Pick<StartedJob, 'plugins' | 'recipe' | 'warn'>,
  { plan, partitioning }: Planned,
  output: string,
  shards: readonly WrittenShard[],
  tuning: JsonValue,
): Promise<readonly IndexReceipt[]> {
  // An index of shards cannot tell of parts.
  if (writer.finalize === undefined || partitioning !== undefined) return [];
  const { compression, rowGroupBytes } = recipe;
  const files = await writer.finalize(
    shards.map(({ file, rows, bytes, sha256: digest }) => ({ file, rows, bytes, sha256: digest })),
    { schema: schemaFromBytes(plan.treaty), compression, rowGroupBytes, tuning },
  );
  const state = storage.join(output, stateFolder);
  const receipts: IndexReceipt[] = [];
  for (const { file, bytes } of files) {
    if (!isIndexName(file, writer.extension))
      throw new RiffleError(
        'INTERNAL',
        `The writer ${writer.name} wants to write ${file} beside the shards, which is no name for such a file.`,
      );
    const digest = sha256(bytes);
    const location = storage.join(output, file);
    if ((await storage.stat(location)) !== undefined && (await digestOf(storage, location, bytes.length)) !== digest) {
      await storage.rename(location, storage.join(state, `set-aside-${file}`));
      warn(
        `${file} was in the output folder and belonged to no result; it was moved to ${stateFolder}/set-aside-${file}.`,
      );
    }
    await writeDurably(storage, state, file, bytes);
    await storage.rename(storage.join(state, file), location);
    receipts.push({ file, bytes: bytes.length, sha256: digest });
  }
  await storage.syncFolder(output);
  return receipts;
}
