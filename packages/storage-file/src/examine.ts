import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { StorageEntry } from '@riffle/core';
import { callsOfThisThread, type FileCalls } from './file-calls.ts';
import { systemCode } from './system-error.ts';

type Examined = Omit<StorageEntry, 'path' | 'readableName'>;

const nothingThere = new Set(['ENOENT', 'ENOTDIR']);

/**
 * What is at a path, after following links; nothing is opened, so a FIFO cannot block.
 * Undefined if nothing is there. Throws what the operating system throws.
 */
export async function examine(
  path: string | Buffer,
  calls: FileCalls = callsOfThisThread,
): Promise<Examined | undefined> {
  try {
    return describe(await calls.stat(path));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ELOOP') return examineLink(path, 'a link that leads in a circle');
    if (code !== undefined && nothingThere.has(code)) return examineLink(path, 'a link that leads nowhere');
    throw error;
  }
}

async function examineLink(path: string | Buffer, note: string): Promise<Examined | undefined> {
  try {
    const stats = await lstat(path, { bigint: true });
    // It came into being between the two looks.
    if (!stats.isSymbolicLink()) return describe(stats);
    return { kind: 'other', size: 0, note, identity: identityOf(stats) };
  } catch (error) {
    const code = systemCode(error);
    if (code !== undefined && nothingThere.has(code)) return undefined;
    throw error;
  }
}

function describe(stats: BigIntStats): Examined {
  const identity = identityOf(stats);
  if (stats.isFile()) return { kind: 'file', size: Number(stats.size), identity, version: versionOf(stats) };
  if (stats.isDirectory()) return { kind: 'directory', size: 0, identity };
  return { kind: 'other', size: 0, note: noteOf(stats), identity };
}

/** The time of modification in nanoseconds. The inode's own time is left out: a new name or link would change it. */
export function versionOf({ mtimeNs }: Pick<BigIntStats, 'mtimeNs'>): string {
  return String(mtimeNs);
}

function noteOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  if (stats.isCharacterDevice()) return 'a character device';
  if (stats.isBlockDevice()) return 'a block device';
  return 'of no known kind';
}

function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}
