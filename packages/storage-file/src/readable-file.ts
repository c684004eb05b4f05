import { constants } from 'node:fs';
import { BadContentError, RiffleError, type OperationOptions, type ReadableFile } from '@riffle/core';
import { examine, versionOf } from './examine.ts';
import { callsOfThisThread, type FileCalls } from './file-calls.ts';
import { attempt } from './system-error.ts';

/** Node reads at most 2^31 − 1 bytes at once; aborting is checked between these. */
const LARGEST_READ = 2 ** 28;

/** Opens a regular file for reading. Anything else is refused without being opened. */
export async function openReadable(
  location: string,
  signal: AbortSignal | undefined,
  calls: FileCalls = callsOfThisThread,
): Promise<ReadableFile> {
  return attempt('open', location, signal, async () => {
    const found = await examine(location, calls);
    if (found !== undefined && found.kind !== 'file') throw notAFile(location, found.note ?? 'a folder');
    // Should a FIFO take the file's place right now, this does not block.
    const handle = await calls.open(location, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw notAFile(location, 'no longer a regular file');
      return readableFile(handle, location, Number(stats.size), versionOf(stats));
    } catch (error) {
      await handle.close();
      throw error;
    }
  });
}

function readableFile(
  handle: Awaited<ReturnType<FileCalls['open']>>,
  location: string,
  size: number,
  version: string,
): ReadableFile {
  async function read(offset: number, length: number, options: OperationOptions = {}): Promise<Uint8Array> {
    requireInside(location, size, offset, length);
    // Never from the pool that small Buffers share: the caller owns the whole ArrayBuffer.
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
    await readInto(bytes, offset, options);
    return bytes;
  }

  async function readInto(target: Uint8Array, offset: number, options: OperationOptions = {}): Promise<void> {
    requireInside(location, size, offset, target.length);
    await attempt('read', location, options.signal, async () => {
      const { length } = target;
      let filled = 0;
      while (filled < length) {
        options.signal?.throwIfAborted();
        const wanted = Math.min(length - filled, LARGEST_READ);
        const bytesRead = await handle.read(target, filled, wanted, offset + filled);
        if (bytesRead === 0) throw changed(location, size, offset + filled);
        filled += bytesRead;
      }
    });
  }

  return {
    location,
    size,
    version,
    read,
    readInto,
    close: () => attempt('close', location, undefined, () => handle.close()),
  };
}

// Only a file's own content can send a reader past the end that it was told: the file is at fault, not the machine.
function requireInside(location: string, size: number, offset: number, length: number): void {
  const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length);
  if (whole && offset >= 0 && length >= 0 && offset + length <= size) return;
  const reason = `refers to ${length} bytes at byte ${offset}, but has only ${size} bytes`;
  throw new BadContentError(reason, { kind: 'metadata', location, offset, length, size });
}

function changed(location: string, size: number, end: number): RiffleError {
  const message =
    `${location} had ${size} bytes when it was opened and now ends at byte ${end}: it was changed while it was being read. ` +
    'Run again when nothing writes to the inputs.';
  return new RiffleError('FILE_CHANGED', message, { location, size, end });
}

function notAFile(location: string, note: string): RiffleError {
  const message = `Cannot open ${location}: it is ${note}. Only regular files can be read; remove it, or give another path.`;
  return new RiffleError('STORAGE_FAILED', message, { operation: 'open', location });
}
