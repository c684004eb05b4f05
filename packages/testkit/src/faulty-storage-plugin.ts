import { appendFileSync } from 'node:fs';
import type { JsonValue, PluginModule, PluginReference, Storage } from '@riffle/core';
import { journalDurability, makeJournalFolder } from './storage/durability-journal.ts';
import { faultyStorage, type FaultAction, type FaultyStorage } from './storage/faulty-storage.ts';
import { createOperationCounter, type OperationCounter } from './storage/operation-counter.ts';
import type { StorageOperation } from './storage/storage-operation.ts';
import type { SystemFault } from './storage/system-fault.ts';

/** Options of the plugin, as JSON: a fault, and the storage it goes around. */
export interface FaultyStoragePluginOptions {
  /** Specifier and options of the storage; the specifier is imported from here, so give a `file:` URL. */
  readonly storage: PluginReference;
  /** Counted over all threads of the process. `"never"` only counts. */
  readonly failAt: number | 'never';
  /** Default 1; `"always"` for all from there on. */
  readonly times?: number | 'always';
  readonly action?: FaultAction;
  readonly systemCode?: SystemFault;
  readonly operations?: readonly StorageOperation[];
  /** Source of a regular expression on locations. */
  readonly location?: string;
  /** A file that gets one line of JSON, the `FaultPoint`, before the fault comes to pass. */
  readonly faultLog?: string;
  /** A folder that gets what `losePower` needs. */
  readonly durabilityJournal?: string;
}

export interface Shared {
  readonly counter: SharedArrayBuffer;
  readonly inner: unknown;
}

let latest: OperationCounter | undefined;

/** The counter of the job that this process prepared last: to tell it the stage, and to read it. */
export function operationCounter(): OperationCounter {
  if (latest === undefined) throw new Error('No job with a faulty storage was prepared in this thread.');
  return latest;
}

/** Makes the counter that all threads of a job share. */
export async function prepare(options?: JsonValue): Promise<Shared> {
  const { storage, durabilityJournal } = options as unknown as FaultyStoragePluginOptions;
  if (durabilityJournal !== undefined) makeJournalFolder(durabilityJournal);
  latest = createOperationCounter();
  const module = (await import(storage.specifier)) as PluginModule<Storage>;
  return { counter: latest.memory, inner: await module.prepare?.(storage.options) };
}

/** The plugin `@riffle/testkit/faulty-storage`: {@link faultyStorage} for jobs, whose threads load their storage by specifier. */
export default async function createFaultyStorage(options?: JsonValue, shared?: unknown): Promise<FaultyStorage> {
  const settings = options as unknown as FaultyStoragePluginOptions;
  const { storage, failAt, times = 1, action, systemCode, operations, location, faultLog } = settings;
  const { counter, inner } = (shared ?? {}) as Partial<Shared>;
  const module = (await import(storage.specifier)) as PluginModule<Storage>;
  const whole = await module.default(storage.options, inner);
  const { durabilityJournal } = settings;
  return faultyStorage(durabilityJournal === undefined ? whole : journalDurability(whole, durabilityJournal), {
    failAt: failAt === 'never' ? Infinity : failAt,
    times: times === 'always' ? Infinity : times,
    counter: createOperationCounter(counter),
    ...(action === undefined ? {} : { action }),
    ...(systemCode === undefined ? {} : { systemCode }),
    ...(operations === undefined ? {} : { operations }),
    ...(location === undefined ? {} : { location: new RegExp(location) }),
    ...(faultLog === undefined ? {} : { onFault: (point) => appendFileSync(faultLog, `${JSON.stringify(point)}\n`) }),
  });
}
