import { lstat, open, unlink, type FileHandle } from 'node:fs/promises';
import type { OperationOptions, WritableFile } from '@riffle/core';
import { attempt, storageFailed, systemCode } from './system-error.ts';

/** Aborting is checked between these. */
const LARGEST_WRITE = 2 ** 28;

/** Codes by which a file system says that it cannot make a file durable on demand. */
const cannotSync = new Set(['EINVAL', 'ENOSYS', 'ENOTSUP']);

/**
 * Creates a file that was not there. With `overwrite`, what has the name is unlinked first and never truncated:
 * through a link, hard or symbolic, truncating would destroy a file that may be an input.
 */
export async function createWritable(
  location: string,
  overwrite: boolean,
  signal: AbortSignal | undefined,
): Promise<WritableFile> {
  return attempt('create', location, signal, async () => {
    if (overwrite) await unlinkExisting(location);
    return writableFile(await open(location, 'wx'), location);
  });
}

/** Appends to an open handle. Exported for the tests, which hand in a handle on a full device. */
export function writableFile(handle: FileHandle, location: string): WritableFile {
  async function write(bytes: Uint8Array, options: OperationOptions = {}): Promise<void> {
    await attempt('write to', location, options.signal, async () => {
      let done = 0;
      while (done < bytes.length) {
        options.signal?.throwIfAborted();
        const { bytesWritten } = await handle.write(bytes, done, Math.min(bytes.length - done, LARGEST_WRITE), null);
        if (bytesWritten === 0) throw new Error('the operating system accepted no byte');
        done += bytesWritten;
      }
    });
  }
  async function sync(): Promise<void> {
    try {
      await handle.sync();
    } catch (error) {
      if (!cannotSync.has(systemCode(error) ?? '')) throw storageFailed('make durable', location, error);
    }
  }
  return { location, write, sync, close: () => attempt('close', location, undefined, () => handle.close()) };
}

async function unlinkExisting(location: string): Promise<void> {
  try {
    const stats = await lstat(location);
    if (stats.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    if (!stats.isFile() && !stats.isSymbolicLink()) throw new Error('it is neither a file nor a link');
    await unlink(location);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
