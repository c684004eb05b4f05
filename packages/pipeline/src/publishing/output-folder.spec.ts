import type { Storage } from '@riffle/core';
import { createMemoryStorage } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import {
  isShardName,
  moveIntoPlace,
  publishedShards,
  removeRunFolder,
  runFolderOf,
  writeDurably,
} from './output-folder.ts';

const bytes = Uint8Array.of(1);

/** A storage that writes down what changes it, in order. */
function recorded(files: Readonly<Record<string, Uint8Array>>) {
  const memory = createMemoryStorage(files);
  const calls: string[] = [];
  const storage: Storage = {
    ...memory,
    create: async (...values) => {
      const file = await memory.create(...values);
      return { ...file, sync: async () => void calls.push(`sync ${values[0]}`) };
    },
    rename: async (...values) => (calls.push(`rename ${values[0]} ${values[1]}`), memory.rename(...values)),
    remove: async (...values) => (calls.push(`remove ${values[0]}`), memory.remove(...values)),
    syncFolder: async (...values) => (calls.push(`sync ${values[0]}`), memory.syncFolder(...values)),
  };
  return { memory, storage, calls };
}

describe('isShardName', () => {
  it.each(['00000.parquet', '00042.parquet', '10000.parquet', '123456.parquet'])('%s is one', (name) => {
    expect(isShardName(name, '.parquet')).toBe(true);
  });

  it.each([
    '0.parquet',
    '0000.parquet',
    '00000.parq',
    '00000',
    '.parquet',
    '00000.parquet.bak',
    'a0000.parquet',
    '-0001.parquet',
    '../00000.parquet',
    '00000.parquet\u0000',
    '٠٠٠٠٠.parquet',
    '',
  ])('%j is none', (name) => {
    expect(isShardName(name, '.parquet')).toBe(false);
  });
});

describe('runFolderOf', () => {
  it('puts all work below the output, spill elsewhere if a temp folder is given', async () => {
    const { memory } = recorded({
      '/temp/other': bytes,
      '/temp/riffle-id/a': bytes,
      '/out/.riffle/run-id/shards/a': bytes,
    });
    const folder = runFolderOf(memory, '/out', '/temp', 'id');
    expect([folder.run, folder.shards, folder.spill]).toEqual([
      '/out/.riffle/run-id',
      '/out/.riffle/run-id/shards',
      '/temp/riffle-id',
    ]);
    expect(runFolderOf(memory, '/out', undefined, 'other').spill).toBe('/out/.riffle/run-other/spill');
    await removeRunFolder(memory, folder);
    expect(await memory.stat('/out/.riffle/run-id')).toBeUndefined();
    expect(await memory.stat('/temp/riffle-id')).toBeUndefined();
    expect((await memory.stat('/temp'))?.kind).toBe('directory');
  });
});

describe('moveIntoPlace', () => {
  it('removes the old manifest before anything, then the old shards, then renames, then makes the folder durable', async () => {
    const { memory, storage, calls } = recorded({
      '/out/.riffle/manifest.json': bytes,
      '/out/00000.parquet': bytes,
      '/out/00007.parquet': bytes,
      '/out/notes.parquet': bytes,
      '/out/.riffle/run-1/shards/00000.parquet': Uint8Array.of(2),
      '/out/.riffle/run-1/shards/00001.parquet': Uint8Array.of(3),
    });
    const folder = runFolderOf(storage, '/out', undefined, '1');
    await moveIntoPlace(storage, folder, 2, '.parquet');
    expect(calls).toEqual([
      'remove /out/.riffle/manifest.json',
      'sync /out/.riffle',
      'remove /out/00000.parquet',
      'remove /out/00007.parquet',
      'rename /out/.riffle/run-1/shards/00000.parquet /out/00000.parquet',
      'rename /out/.riffle/run-1/shards/00001.parquet /out/00001.parquet',
      'sync /out',
    ]);
    expect(await publishedShards(memory, '/out', '.parquet')).toEqual(['00000.parquet', '00001.parquet']);
    expect(memory.files.get('/out/00001.parquet')).toEqual(Uint8Array.of(3));
    expect(memory.files.has('/out/notes.parquet')).toBe(true);
  });
});

describe('moveIntoPlace after a crash in the middle', () => {
  it('leaves the shards that are in place, removes what is to be replaced, and moves the rest', async () => {
    const { memory, storage, calls } = recorded({
      '/out/00000.parquet': Uint8Array.of(5),
      '/out/00001.parquet': Uint8Array.of(6),
      '/out/00002.parquet': bytes,
      '/out/.riffle/run-1/shards/00001.parquet': Uint8Array.of(7),
    });
    await moveIntoPlace(storage, runFolderOf(storage, '/out', undefined, '1'), 2, '.parquet');
    expect(calls).toEqual([
      'remove /out/.riffle/manifest.json',
      'sync /out/.riffle',
      'remove /out/00001.parquet',
      'remove /out/00002.parquet',
      'rename /out/.riffle/run-1/shards/00001.parquet /out/00001.parquet',
      'sync /out',
    ]);
    expect(memory.files.get('/out/00000.parquet')).toEqual(Uint8Array.of(5));
    expect(memory.files.get('/out/00001.parquet')).toEqual(Uint8Array.of(7));
  });
});

describe('writeDurably', () => {
  it('syncs the file before it gets its name, and the folder after', async () => {
    const { memory, storage, calls } = recorded({ '/out/manifest.json': bytes });
    await writeDurably(storage, '/out', 'manifest.json', 'text');
    expect(calls).toEqual([
      'sync /out/manifest.json.partial',
      'rename /out/manifest.json.partial /out/manifest.json',
      'sync /out',
    ]);
    expect(new TextDecoder().decode(memory.files.get('/out/manifest.json'))).toBe('text');
  });
});
