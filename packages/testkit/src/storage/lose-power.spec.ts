import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '@riffle/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../random.ts';
import { journalDurability, makeJournalFolder } from './durability-journal.ts';
import { losePower } from './lose-power.ts';
import { createMemoryStorage } from './memory-storage.ts';

let folder: string;
let journal: string;
let storage: Storage;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'riffle-power-'));
  journal = makeJournalFolder(join(folder, 'journal'));
  storage = journalDurability(localFiles, journal);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As little of a file system as these tests need. */
const localFiles: Storage = {
  ...createMemoryStorage(),
  create: async (location) => {
    writeFileSync(location, '');
    return {
      location,
      write: async (bytes) => appendFileSync(location, bytes),
      sync: async () => undefined,
      close: async () => undefined,
    };
  },
  makeFolder: async (location) => void mkdirSync(location, { recursive: true }),
  syncFolder: async () => undefined,
  rename: async (from, to) => renameSync(from, to),
  remove: async (location) => rmSync(location, { recursive: true, force: true }),
};

const path = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(path(name), 'latin1');

async function write(name: string, text: string, { sync }: { readonly sync: boolean }): Promise<void> {
  const file = await storage.create(path(name));
  await file.write(Buffer.from(text));
  if (sync) await file.sync();
  await file.close();
}

/** Everything goes that can go; of two ways to lose it, the first or the last. */
function loseAll(way: 'first' | 'last'): void {
  const random: Random = {
    ...seededRandom(1),
    pick: (items) => items[0]!,
    chance: () => way === 'first',
    below: () => 0,
  };
  losePower(journal, random);
}

describe('losing power', () => {
  it('takes from a file what was written since it was synced: cut off, or zeros', async () => {
    for (const way of ['first', 'last'] as const) {
      const file = await storage.create(path(way));
      await file.write(Buffer.from('safe'));
      await file.sync();
      await file.write(Buffer.from('gone'));
      await storage.syncFolder(folder);
      loseAll(way);
      expect(read(way)).toBe(way === 'first' ? 'safe' : 'safe\0\0\0\0');
    }
  });

  it('takes nothing that was made durable in the right order', async () => {
    await storage.makeFolder(path('a'));
    await storage.syncFolder(folder);
    await write('a/partial', 'whole', { sync: true });
    await storage.rename(path('a/partial'), path('a/final'));
    await storage.syncFolder(path('a'));
    for (let seed = 0; seed < 20; seed++) expect(losePower(journal, seededRandom(seed))).toEqual([]);
    expect(read('a/final')).toBe('whole');
  });

  it('undoes what was done in a folder that was not synced: files made, renamed over others, removed', async () => {
    await write('old', 'old', { sync: true });
    await write('target', 'before', { sync: true });
    await storage.syncFolder(folder);
    await write('new', 'new', { sync: true });
    await storage.rename(path('new'), path('target'));
    await storage.remove(path('old'));
    loseAll('first');
    expect([read('old'), read('target'), existsSync(path('new'))]).toEqual(['old', 'before', false]);
  });

  it('may leave a name without its content, as when a rename outlives the data', async () => {
    await write('partial', 'content', { sync: false });
    await storage.rename(path('partial'), path('final'));
    await storage.syncFolder(folder);
    loseAll('first');
    expect(read('final')).toBe('');
  });
});
