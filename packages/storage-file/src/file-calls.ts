import { closeSync, fstatSync, openSync, read, readSync, statSync, type BigIntStats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { isMainThread } from 'node:worker_threads';

/** An open file. */
interface OpenHandle {
  stat(): Promise<BigIntStats>;
  /** Reads at most `length` bytes; resolves to how many it read, 0 at the end of the file. */
  read(target: Uint8Array, at: number, length: number, position: number): Promise<number>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** What is asked of the operating system about files that are read. Rejects with what it throws. */
export interface FileCalls {
  stat(path: string | Buffer): Promise<BigIntStats>;
  open(path: string, flags: number): Promise<OpenHandle>;
}

/** In Node's thread pool: nothing else has to wait. */
export const pooledCalls: FileCalls = {
  stat: (path) => stat(path, { bigint: true }),
  async open(path, flags) {
    const handle = await open(path, flags);
    return {
      stat: () => handle.stat({ bigint: true }),
      read: async (target, at, length, position) => (await handle.read(target, at, length, position)).bytesRead,
      close: () => handle.close(),
    };
  },
};

/** Reads of more are left to the thread pool: they take longer than the way there, and what else the thread waits for can go on. */
const LARGEST_DIRECT_READ = 2 ** 18;
const pooledRead = promisify(read);

/**
 * At once, on this thread. A call about a small file takes a few microseconds where the system has it in memory, and the way through the thread pool
 * and back ten times as long: of 20,000 files of 50 rows, two fifths of the time was that.
 */
export const directCalls: FileCalls = {
  stat: async (path) => statSync(path, { bigint: true }),
  async open(path, flags) {
    const handle = openSync(path, flags);
    let isOpen = true;
    const requireOpen = () => {
      // The number may be another file's by now.
      if (!isOpen) throw Object.assign(new Error('the file is closed'), { code: 'EBADF' });
      return handle;
    };
    return {
      stat: async () => fstatSync(requireOpen(), { bigint: true }),
      read: async (target, at, length, position) => {
        if (length <= LARGEST_DIRECT_READ) return readSync(requireOpen(), target, at, length, position);
        return (await pooledRead(requireOpen(), target, at, length, position)).bytesRead;
      },
      close: async () => {
        if (isOpen) closeSync(handle);
        isOpen = false;
      },
    };
  },
};

/** A worker has nothing else to do until it has its bytes; the main thread draws, and listens for signals. */
export const callsOfThisThread = isMainThread ? pooledCalls : directCalls;
