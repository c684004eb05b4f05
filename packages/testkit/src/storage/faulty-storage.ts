import type { ReadableFile, Storage, WritableFile } from '@riffle/core';
import { createOperationCounter, type CountedStage, type OperationCounter } from './operation-counter.ts';
import type { StorageOperation } from './storage-operation.ts';
import { systemFault, type SystemFault } from './system-fault.ts';

/**
 * What happens at the operation that was chosen: it fails before it does anything, or the process is killed: before it, after it, or
 * half-way (half of the bytes of a write, half of the entries of a removed folder; anything else as before).
 */
export type FaultAction = 'fail' | 'kill-before' | 'kill-after' | 'kill-half-way';

/** The operation that a fault hit. */
export interface FaultPoint {
  /** Its number among those that match, over all threads that share the counter, from 1. */
  readonly number: number;
  readonly operation: StorageOperation;
  readonly location: string;
  readonly stage: CountedStage;
}

export interface FaultOptions {
  /** Which of the operations that match is hit first, counted from 1; `Infinity` for none, to count only. */
  readonly failAt: number;
  /** How many are hit from there on; default 1, `Infinity` for all. */
  readonly times?: number;
  /** Default `fail`. */
  readonly action?: FaultAction;
  /** What `fail` throws: a STORAGE_FAILED error as for this code of the system; default EIO, a failing disk. */
  readonly systemCode?: SystemFault;
  /** What `fail` throws, whatever it is; instead of `systemCode`. */
  readonly error?: unknown;
  /** Only these operations count; default all. */
  readonly operations?: readonly StorageOperation[];
  /** Only operations on locations that match count; default all. */
  readonly location?: RegExp;
  /** Default one of this storage's own. */
  readonly counter?: OperationCounter;
  /** Told before the fault comes to pass; what it does synchronously is done also when the process is killed. */
  readonly onFault?: (point: FaultPoint) => void;
  /** Ends the process; a test that only wants to see it hands in its own, which must throw. Default SIGKILL. */
  readonly kill?: () => never;
}

export interface FaultyStorage extends Storage {
  /** How many operations matched so far; a first run with `failAt: Infinity` tells how many places there are to fail at. */
  readonly matched: () => number;
  /** Whether the fault came to pass. */
  readonly failed: () => boolean;
}

/** Wraps a storage so that its n-th operation fails or is the process's last: middleware, whatever the storage. */
export function faultyStorage(storage: Storage, options: FaultOptions): FaultyStorage {
  const { failAt, times = 1, action = 'fail', operations, location: places, onFault, kill = killProcess } = options;
  const counter = options.counter ?? createOperationCounter();

  const call = async <Result>(
    operation: StorageOperation,
    location: string,
    work: () => Promise<Result>,
    half?: () => Promise<unknown>,
  ): Promise<Result> => {
    if (operations !== undefined && !operations.includes(operation)) return work();
    if (places !== undefined && !places.test(location)) return work();
    const number = counter.count(operation);
    if (number < failAt || number >= failAt + times) return work();
    onFault?.({ number, operation, location, stage: counter.stage() });
    // As the system does: the handle is gone also when closing it fails.
    if (action === 'fail' && operation === 'close') await work();
    if (action === 'fail') throw options.error ?? systemFault(options.systemCode ?? 'EIO', operation, location);
    if (action === 'kill-after') await work();
    if (action === 'kill-half-way') await half?.();
    return kill();
  };
  const wrapReadable = (file: ReadableFile): ReadableFile => ({
    ...file,
    read: (...values) => call('read', file.location, () => file.read(...values)),
    ...(file.readInto === undefined
      ? {}
      : { readInto: (...values) => call('read', file.location, () => file.readInto!(...values)) }),
    close: () => call('close', file.location, () => file.close()),
  });
  const wrapWritable = (file: WritableFile): WritableFile => ({
    ...file,
    write: (bytes, ...values) =>
      call(
        'write',
        file.location,
        () => file.write(bytes, ...values),
        () => file.write(bytes.subarray(0, bytes.length >> 1)),
      ),
    sync: () => call('sync', file.location, () => file.sync()),
    close: () => call('close', file.location, () => file.close()),
  });
  const removeHalf = async (folder: string): Promise<void> => {
    if ((await storage.stat(folder))?.kind !== 'directory') return;
    const entries = await storage.list(folder);
    for (const { path } of entries.slice(0, Math.ceil(entries.length / 2)))
      await storage.remove(storage.join(folder, path));
  };
  return {
    ...storage,
    realLocation: (...values) => call('realLocation', values[0], () => storage.realLocation(...values)),
    stat: (...values) => call('stat', values[0], () => storage.stat(...values)),
    list: (...values) => call('list', values[0], () => storage.list(...values)),
    open: (...values) => call('open', values[0], async () => wrapReadable(await storage.open(...values))),
    create: (...values) => call('create', values[0], async () => wrapWritable(await storage.create(...values))),
    makeFolder: (...values) => call('makeFolder', values[0], () => storage.makeFolder(...values)),
    syncFolder: (...values) => call('syncFolder', values[0], () => storage.syncFolder(...values)),
    rename: (...values) => call('rename', values[1], () => storage.rename(...values)),
    remove: (...values) =>
      call(
        'remove',
        values[0],
        () => storage.remove(...values),
        () => removeHalf(values[0]),
      ),
    freeSpace: (...values) => call('freeSpace', values[0], () => storage.freeSpace(...values)),
    matched: () => counter.total(),
    failed: () => counter.total() >= failAt,
  };
}

/** As `kill -9` or the system's out-of-memory killer: nothing is cleaned up, no thread does anything more. */
function killProcess(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; until then this thread must not go on.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
