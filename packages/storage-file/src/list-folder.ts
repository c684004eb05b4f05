import { isUtf8 } from 'node:buffer';
import { readdir } from 'node:fs/promises';
import { sep } from 'node:path';
import type { StorageEntry } from '@riffle/core';
import { examine } from './examine.ts';

/** Entries looked at together: enough to keep the thread pool of Node busy. */
const AT_ONCE = 64;

/**
 * The direct children of a folder, sorted by the bytes of their names. Names are read as bytes, since not every
 * name is UTF-8. What vanishes meanwhile is left out. No file stays open.
 */
export async function listFolder(location: string, signal: AbortSignal | undefined): Promise<StorageEntry[]> {
  const names = await readdir(location, { encoding: 'buffer' });
  names.sort(Buffer.compare);
  const folder = Buffer.from(location.endsWith(sep) ? location : location + sep);
  const entries: StorageEntry[] = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    signal?.throwIfAborted();
    const found = await Promise.all(names.slice(start, start + AT_ONCE).map((name) => entryOf(folder, name)));
    for (const entry of found) if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

async function entryOf(folder: Buffer, name: Buffer): Promise<StorageEntry | undefined> {
  const examined = await examine(Buffer.concat([folder, name]));
  if (examined === undefined) return undefined;
  return { path: name.toString('utf8'), readableName: isUtf8(name), ...examined };
}
