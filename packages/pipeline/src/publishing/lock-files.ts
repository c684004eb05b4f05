import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRiffleError, type Storage } from '@riffle/core';
import * as z from 'zod';
import { lockName } from './output-folder.ts';
import { readSmallFile } from './read-small-file.ts';
import { isRunning, processBirth } from './running-process.ts';

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

/** The lock, or one by which a run takes over from a stale one: `lock.2`, `lock.3`, … */
export interface LockFile {
  readonly name: string;
  readonly location: string;
  /** 1 for the lock itself. */
  readonly generation: number;
  /** Empty between its creation and its filling; for good if there was a crash in between. */
  readonly holder: LockHolder | 'empty';
}

/** What the lock files of a folder say. */
export interface LockState {
  /** The run that has the folder, or is about to. */
  readonly live: LockFile | undefined;
  /** Those of processes that are gone. */
  readonly stale: readonly LockFile[];
}

const lockFilePattern = new RegExp(`^${lockName}(?:\\.(\\d{1,6}))?$`);

/** One that stays empty for so long was left by a crash. */
const fillingMilliseconds = 1000;

export function nameOfLock(generation: number): string {
  return generation === 1 ? lockName : `${lockName}.${generation}`;
}

export function isLockFile(name: string): boolean {
  return lockFilePattern.test(name);
}

export function hasSystemCode(error: unknown, code: string): boolean {
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

/** Every lock file of a folder, which need not exist. */
export async function readLockFiles(storage: Storage, folder: string): Promise<readonly LockFile[]> {
  if ((await storage.stat(folder))?.kind !== 'directory') return [];
  const files: LockFile[] = [];
  for (const { path: name } of await storage.list(folder)) {
    const match = lockFilePattern.exec(name);
    if (match === null) continue;
    const location = storage.join(folder, name);
    const holder = await readHolder(storage, location);
    if (holder !== undefined) files.push({ name, location, generation: Number(match[1] ?? 1), holder });
  }
  return files;
}

/** Whether the holder is known to be gone. Of another host nothing is known. */
async function isGone({ host, pid, birth }: LockHolder): Promise<boolean> {
  if (host !== hostname()) return false;
  if (!isRunning(pid)) return true;
  const now = await processBirth(pid);
  return birth !== undefined && now !== undefined && birth !== now;
}

export async function lockState(storage: Storage, folder: string): Promise<LockState> {
  let files = await readLockFiles(storage, folder);
  if (files.some(({ holder }) => holder === 'empty')) {
    await sleep(fillingMilliseconds);
    files = await readLockFiles(storage, folder);
  }
  for (const file of files)
    if (file.holder !== 'empty' && !(await isGone(file.holder))) return { live: file, stale: [] };
  return { live: undefined, stale: files };
}
