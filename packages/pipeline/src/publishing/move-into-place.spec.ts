import type { MemoryStorage } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { recorded } from '../../test/support/recorded-storage.ts';
import { moveIntoPlace } from './move-into-place.ts';
import { publishedShards, runFolderOf } from './output-folder.ts';

const bytes = Uint8Array.of(1);

/** Of every file. */
const firstBytes = ({ files }: MemoryStorage) =>
  Object.fromEntries([...files].map(([path, content]) => [path, content[0]]));

describe('moveIntoPlace', () => {
  it('takes the old manifest away before anything, then the old shards, then renames, then makes the folder durable', async () => {
    const { memory, storage, calls } = recorded({
      '/out/.riffle/manifest.json': bytes,
      '/out/00000.parquet': bytes,
      '/out/00007.parquet': bytes,
      '/out/notes.parquet': bytes,
      '/out/.riffle/run-1/shards/00000.parquet': Uint8Array.of(2),
      '/out/.riffle/run-1/shards/00001.parquet': Uint8Array.of(3),
    });
    const folder = runFolderOf(storage, '/out', undefined, '1');
    await moveIntoPlace(storage, folder, ['00000.parquet', '00001.parquet'], '.parquet');
    expect(calls).toEqual([
      'rename /out/.riffle/manifest.json /out/.riffle/replaced.json',
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
    await moveIntoPlace(
      storage,
      runFolderOf(storage, '/out', undefined, '1'),
      ['00000.parquet', '00001.parquet'],
      '.parquet',
    );
    expect(calls).toEqual([
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

describe('moveIntoPlace with a layout', () => {
  const paths = ['train/00000.parquet', 'valid/00001.parquet'];
  const shard = (file: string, length = 1) => ({ file, bytes: length, rows: 1, sha256: '', fingerprint: '' });

  it('makes the folders, sets aside what is in the way and keeps what is not the old result’s', async () => {
    const { memory, storage } = recorded({
      '/out/.riffle/manifest.json': bytes,
      '/out/00000.parquet': bytes,
      '/out/train/00000.parquet': Uint8Array.of(9, 9),
      '/out/train/00005.parquet': bytes,
      '/out/gone/00001.parquet': bytes,
      '/out/changed/00002.parquet': Uint8Array.of(9, 9),
      '/out/.riffle/run-1/shards/00000.parquet': Uint8Array.of(2),
      '/out/.riffle/run-1/shards/00001.parquet': Uint8Array.of(3),
    });
    const old = ['train/00005', 'gone/00001', 'changed/00002', '../escaped', 'gone/../../x'].map((name) =>
      shard(`${name}.parquet`),
    );
    await moveIntoPlace(storage, runFolderOf(storage, '/out', undefined, '1'), paths, '.parquet', { old });
    expect(firstBytes(memory)).toEqual({
      '/out/.riffle/replaced.json': 1,
      '/out/.riffle/set-aside-1/train/00000.parquet': 9,
      '/out/changed/00002.parquet': 9,
      '/out/train/00000.parquet': 2,
      '/out/valid/00001.parquet': 3,
    });
    expect(await memory.stat('/out/gone')).toBeUndefined();
  });

  it('goes on where it was interrupted: what is in place stays', async () => {
    const { memory, storage } = recorded({
      '/out/train/00000.parquet': Uint8Array.of(5),
      '/out/.riffle/run-1/shards/00001.parquet': Uint8Array.of(7),
    });
    const old = [shard('train/00000.parquet')];
    await moveIntoPlace(storage, runFolderOf(storage, '/out', undefined, '1'), paths, '.parquet', { old });
    expect(firstBytes(memory)).toEqual({
      '/out/train/00000.parquet': 5,
      '/out/valid/00001.parquet': 7,
    });
  });
});
