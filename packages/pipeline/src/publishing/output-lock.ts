import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { RiffleError, type Storage, type WritableFile } from '@riffle/core';
import { hasSystemCode, lockState, nameOfLock, readLockFiles, type LockFile, type LockHolder } from './lock-files.ts';
import { processBirth } from './running-process.ts';

export interface OutputLock {
  /** Lets the next run in. Never throws: a lock that cannot be removed is stale as soon as this process ends. */
  release(): Promise<void>;
}

/** Runs that meet at a stale lock try again after so long, at most. */
const retryMilliseconds = 50;

function lockedError(output: string, { holder, location }: LockFile): RiffleError {
  const { pid, host, startedAt } = holder as LockHolder;
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

/** @throws `OUTPUT_LOCKED` if another run is writing there. Changes nothing. */
export async function refuseLocked(storage: Storage, output: string, stateFolder: string): Promise<void> {
  const { live } = await lockState(storage, stateFolder);
  if (live !== undefined) throw lockedError(output, live);
}

/** @returns false if there is one of this name */
async function create(storage: Storage, location: string, holder: LockHolder): Promise<boolean> {
  let file: WritableFile;
  try {
    file = await storage.create(location);
  } catch (error) {
    if (hasSystemCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    await file.write(new TextEncoder().encode(`${JSON.stringify(holder)}\n`));
  } catch (error) {
    await storage.remove(location).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

function runOf({ holder }: LockFile): string {
  return holder === 'empty' ? '' : holder.run;
}

function listed(files: readonly LockFile[]): string {
  return JSON.stringify(files.map((file) => `${file.name} ${runOf(file)}`).sort());
}

async function removeOwn(storage: Storage, stateFolder: string, run: string): Promise<void> {
  for (const file of await readLockFiles(storage, stateFolder))
    if (runOf(file) === run) await storage.remove(file.location);
}

/**
 * Takes the lock if all there are, are stale: by a file of the next generation, which only one can create. It counts only if, once it
 * is there, the others are still those that were judged; else somebody was faster, and this one withdraws.
 */
async function tryLocking(
  storage: Storage,
  stateFolder: string,
  stale: readonly LockFile[],
  holder: LockHolder,
): Promise<boolean> {
  const generation = Math.max(0, ...stale.map((file) => file.generation)) + 1;
  const free = !stale.some((file) => file.generation === 1);
  const location = storage.join(stateFolder, nameOfLock(free ? 1 : generation));
  if (!(await create(storage, location, holder))) return false;
  const files = await readLockFiles(storage, stateFolder);
  const others = files.filter((file) => file.location !== location);
  const own = files.find((file) => file.location === location);
  if (own === undefined || runOf(own) !== holder.run || listed(others) !== listed(stale)) {
    await removeOwn(storage, stateFolder, holder.run);
    return false;
  }
  // Over the stale one, so that there is no moment without a lock.
  if (!free) await storage.rename(location, storage.join(stateFolder, nameOfLock(1)));
  for (const file of stale) if (file.generation !== 1) await storage.remove(file.location);
  return true;
}

/**
 * Takes the lock of an output folder, which must exist, for this process. The lock of a process that is gone is taken over.
 * @param run different for every call
 * @throws `OUTPUT_LOCKED` with process, host and start time of the run that has it
 */
export async function lockOutput(
  storage: Storage,
  output: string,
  stateFolder: string,
  run: string,
  startedAt: Date,
): Promise<OutputLock> {
  const birth = await processBirth(process.pid);
  const holder: LockHolder = {
    run,
    pid: process.pid,
    host: hostname(),
    startedAt: startedAt.toISOString(),
    ...(birth === undefined ? {} : { birth }),
  };
  for (;;) {
    const { live, stale } = await lockState(storage, stateFolder);
    if (live !== undefined) throw lockedError(output, live);
    try {
      if (await tryLocking(storage, stateFolder, stale, holder)) break;
    } catch (error) {
      await removeOwn(storage, stateFolder, run).catch(() => undefined);
      throw error;
    }
    await sleep(Math.random() * retryMilliseconds);
  }
  return {
    async release() {
      // Twice, since a disk may fail once; after that the end of this process makes it stale.
      for (let attempt = 0; attempt < 2; attempt++) {
        try {
          return await removeOwn(storage, stateFolder, run);
        } catch {
          // Said above.
        }
      }
    },
  };
}
