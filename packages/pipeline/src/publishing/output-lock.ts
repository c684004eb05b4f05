import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRiffleError, RiffleError, type Storage } from '@riffle/core';
import * as z from 'zod';
import { isRunning, processBirth } from './running-process.ts';
import { readSmallFile } from './read-small-file.ts';
import { lockName } from './output-folder.ts';

const holderSchema = z.object({
  run: z.string(),
  pid: z.int().min(1),
  host: z.string(),
  startedAt: z.string(),
  /** {@link processBirth} of the holder. */
  birth: z.string().optional(),
});

/** Who writes into an output folder. */
export type LockHolder = z.output<typeof holderSchema>;

export interface OutputLock {
  /** Lets the next run in. Never throws: a lock that cannot be removed is stale as soon as this process ends. */
  release(): Promise<void>;
}

/** A lock is created and filled one after the other; one that stays empty for so long was left by a crash in between. */
const fillingMilliseconds = 1000;

function hasSystemCode(error: unknown, code: string): boolean {
  return isRiffleError(error) && error.details['systemCode'] === code;
}

async function readHolder(storage: Storage, location: string): Promise<LockHolder | 'empty' | undefined> {
  const text = await readSmallFile(storage, location, 2 ** 16).catch((error: unknown) => {
    // Released between looking and opening.
    if (hasSystemCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return 'empty';
  }
}

/** Whether the holder is known to be gone. Of another host nothing is known. */
async function isGone({ host, pid, birth }: LockHolder): Promise<boolean> {
  if (host !== hostname()) return false;
  if (!isRunning(pid)) return true;
  const now = await processBirth(pid);
  return birth !== undefined && now !== undefined && birth !== now;
}

function lockedError(output: string, location: string, holder: LockHolder): RiffleError {
  const { pid, host, startedAt } = holder;
  const ours = host === hostname();
  const advice = ours
    ? 'Wait until it has ended, or stop it.'
    : `Wait until it has ended. From here it cannot be seen whether it still runs: if that machine is down or the process is gone, remove ${location}.`;
  return new RiffleError(
    'OUTPUT_LOCKED',
    `Another run is writing into ${output}: process ${pid} on ${host}, started ${startedAt}. ${advice} This run did nothing.`,
    { output, pid, host, startedAt, lock: location },
  );
}

/** The holder of a folder's lock, or undefined if there is none or it is known to be gone. */
async function liveHolder(storage: Storage, location: string): Promise<LockHolder | undefined> {
  let holder = await readHolder(storage, location);
  if (holder === 'empty') {
    await sleep(fillingMilliseconds);
    holder = await readHolder(storage, location);
  }
  return holder === undefined || holder === 'empty' || (await isGone(holder)) ? undefined : holder;
}

/** @throws `OUTPUT_LOCKED` if another run is writing there. Changes nothing. */
export async function refuseLocked(storage: Storage, output: string, stateFolder: string): Promise<void> {
  const location = storage.join(stateFolder, lockName);
  const holder = await liveHolder(storage, location);
  if (holder !== undefined) throw lockedError(output, location, holder);
}

async function create(storage: Storage, location: string, holder: LockHolder): Promise<boolean> {
  try {
    const file = await storage.create(location);
    try {
      await file.write(new TextEncoder().encode(`${JSON.stringify(holder)}\n`));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (hasSystemCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Moves a stale lock out of the way. Of several runs that found it stale, the first one's rename takes it; another's may take
 * the first one's fresh lock, sees that by its content, and puts it back.
 */
async function setAside(storage: Storage, location: string, run: string): Promise<void> {
  const aside = `${location}.stale-${run}`;
  try {
    await storage.rename(location, aside);
  } catch (error) {
    if (hasSystemCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await liveHolder(storage, aside)) === undefined) await storage.remove(aside);
  else await storage.rename(aside, location);
}

/**
 * Takes the lock of an output folder, which must exist, for this process. The lock of a process that is gone is taken over.
 * @throws `OUTPUT_LOCKED` with process, host and start time of the run that has it
 */
export async function lockOutput(
  storage: Storage,
  output: string,
  stateFolder: string,
  run: string,
  startedAt: Date,
): Promise<OutputLock> {
  const location = storage.join(stateFolder, lockName);
  const birth = await processBirth(process.pid);
  const holder: LockHolder = {
    run,
    pid: process.pid,
    host: hostname(),
    startedAt: startedAt.toISOString(),
    ...(birth === undefined ? {} : { birth }),
  };
  while (!(await create(storage, location, holder))) {
    await refuseLocked(storage, output, stateFolder);
    await setAside(storage, location, run);
  }
  return {
    async release() {
      try {
        const now = await readHolder(storage, location);
        if (now !== undefined && now !== 'empty' && now.run === run) await storage.remove(location);
      } catch {
        // Said above.
      }
    },
  };
}
