import type { Storage } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { createMemoryStorage, describeStorage } from '../src/index.ts';
import { fails } from './fails.ts';

describe('the suite for storages sees one that', () => {
  it.each<[string, (good: Storage) => Partial<Storage>, string]>([
    [
      'gives less than asked for',
      (good) => ({
        open: async (...values) => {
          const file = await good.open(...values);
          return {
            ...file,
            read: (offset, length) => file.read(offset, Math.max(0, Math.min(length, file.size - offset))),
          };
        },
      }),
      'refuses ranges beyond the end instead of giving less',
    ],
    [
      'sorts by UTF-16',
      (good) => ({
        list: async (...values) => (await good.list(...values)).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      }),
      'lists direct children by the bytes of their names',
    ],
    [
      'overwrites',
      (good) => ({ create: (location, options) => good.create(location, { ...options, overwrite: true }) }),
      'creates only what is not there, unless told otherwise',
    ],
    [
      'gives whole paths',
      (good) => ({
        list: async (location) =>
          (await good.list(location)).map((entry) => ({ ...entry, path: `${location}/${entry.path}` })),
      }),
      'lists direct children by the bytes of their names',
    ],
    [
      'does not stop',
      (good) => ({ list: (location) => good.list(location) }),
      'stops when told to, with the reason given',
    ],
    [
      'removes too little',
      () => ({ remove: async () => undefined }),
      'removes files and whole folders, and nothing without complaint',
    ],
    [
      'promises free space',
      () => ({ capabilities: Object.freeze({ rename: true, sync: true, freeSpace: true }) }),
      'does what its capabilities promise',
    ],
    [
      'copies where it should rename',
      (good) => ({
        rename: async (from, to) => {
          const bytes = await (await good.open(from)).read(0, 5);
          await (await good.create(to, { overwrite: true })).write(bytes);
        },
      }),
      'does what its capabilities promise',
    ],
  ])('%s', async (_, breakIt, title) => {
    const makeStorage = async () => {
      const good = createMemoryStorage();
      await good.makeFolder('/test');
      return { storage: { ...good, ...breakIt(good) }, folder: '/test' };
    };
    expect(await fails(title, (runner) => describeStorage(runner, { makeStorage }))).toBe(true);
  });
});
