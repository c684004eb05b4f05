import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createParquetReader } from '@riffle/reader-parquet';
import { createFileStorage } from '@riffle/storage-file';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/fake-host.ts';
import { findCandidates } from './find-candidates.ts';
import { measure } from './measure.ts';
import { scanFolders, scanLimits } from './scan-folders.ts';
import { suggestName } from './suggest-name.ts';

const storage = createFileStorage();
const reader = createParquetReader();
const { signal } = new AbortController();
const magic = 'PAR1, and more of it';

function make(...files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), magic);
  }
  return folder;
}

async function found(folder: string, limits = scanLimits) {
  const { root, complete } = await scanFolders(folder, storage, [reader], signal, limits);
  return { complete, candidates: findCandidates(root).map(({ path, name, files }) => [path, name, files.length]) };
}

describe('the search for collections', () => {
  it('takes a folder of shard folders for one, also in dot folders', async () => {
    const folder = make(
      'data/tts/.dset/tts/00000/data.parquet',
      'data/tts/.dset/tts/00001/data.parquet',
      'data/news/.dset/news/00000/a.parquet',
      'data/news/.dset/news/00000/b.parquet',
    );
    expect(await found(folder)).toEqual({
      complete: true,
      candidates: [
        ['data/news/.dset/news', 'news', 2],
        ['data/tts/.dset/tts', 'tts', 2],
      ],
    });
  });

  it('takes folders of files for one each, and partitions for one together', async () => {
    const folder = make(
      'data/a/x.parquet',
      'data/a/y.parquet',
      'data/b/x.parquet',
      'data/c/year=2023/1.parquet',
      'data/c/year=2024/1.parquet',
      'data/d/part-0001/1.parquet',
      'data/d/part-0002/deep/1.parquet',
    );
    expect((await found(folder)).candidates).toEqual([
      ['data/a', 'a', 2],
      ['data/b', 'b', 1],
      ['data/c', 'c', 2],
      ['data/d', 'd', 2],
    ]);
  });

  it('finds dot folders wherever they are, also within what looks like a part of a collection', async () => {
    const folder = make('data/a=b/.dset/x/0.parquet', 'data/00000/0.parquet', 'data/00000/.old/y/0.parquet');
    expect((await found(folder)).candidates).toEqual([
      ['data', 'data', 1],
      ['data/00000/.old/y', 'y', 1],
      ['data/a=b/.dset/x', 'x', 1],
    ]);
  });

  it('gives names that are not taken, from the parts of the path that tell something', async () => {
    const folder = make('x/train/0.parquet', 'y/train/0.parquet', 'y/v2/0.parquet', 'z/v2/0.parquet');
    expect((await found(folder)).candidates.map(([path, name]) => [path, name])).toEqual([
      ['x/train', 'x'],
      ['y/train', 'y'],
      ['y/v2', 'v2'],
      ['z/v2', 'z-v2'],
    ]);
    expect(suggestName('data/tts', new Set(['tts', 'data-tts']))).toBe('tts-2');
    expect(suggestName('data', new Set())).toBe('data');
  });

  it('knows files by their first bytes, and leaves out folders of programs and other files', async () => {
    const folder = make(
      'a/00000.tar',
      'node_modules/p/x.parquet',
      'c/notes.txt',
      '.git/x.parquet',
      'd/.hidden.parquet',
    );
    writeFileSync(join(folder, 'a', 'other.bin'), 'nothing of the kind');
    expect((await found(folder)).candidates).toEqual([['a', 'a', 1]]);
  });

  it('offers files beside collections one by one, and files alone as the folder', async () => {
    expect((await found(make('one.parquet', 'data/a/x.parquet'))).candidates).toEqual([
      ['data/a', 'a', 1],
      ['one.parquet', 'one', 1],
    ]);
    const [[path, , files]] = (await found(make('one.parquet', 'two.parquet'))).candidates as [unknown[]];
    expect([path, files]).toEqual(['.', 2]);
  });

  it('enters each folder once, whatever links there are', async () => {
    const folder = make('a/0.parquet');
    symlinkSync('..', join(folder, 'a', 'loop'));
    symlinkSync('a', join(folder, 'b'));
    symlinkSync('/nowhere', join(folder, 'c'));
    expect((await found(folder)).candidates).toEqual([['a', 'a', 1]]);
  });

  it('says that it is not complete when a limit ends it', async () => {
    const folder = make('a/b/c/d/0.parquet', 'z/0.parquet');
    expect(await found(folder, { ...scanLimits, depth: 2 })).toEqual({ complete: false, candidates: [['z', 'z', 1]] });
    expect((await found(folder, { ...scanLimits, entries: 1 })).complete).toBe(false);
    expect((await found(folder, { ...scanLimits, milliseconds: 0 })).complete).toBe(false);
  });
});

describe('a disk that does not answer', () => {
  const never = () => new Promise<never>(() => undefined);

  it('keeps the search no longer than its limit', async () => {
    const folder = make('a/0.parquet', 'b/0.parquet', 'c/0.parquet');
    const dead: typeof storage = {
      ...storage,
      list: (location, options) => (location.endsWith('b') ? never() : storage.list(location, options)),
    };
    const { root, complete } = await scanFolders(folder, dead, [reader], signal, { ...scanLimits, milliseconds: 300 });
    expect(complete).toBe(false);
    expect(findCandidates(root).map(({ path }) => path)).toEqual(['a']);
  });

  it('leaves sizes unknown', async () => {
    const folder = make('a/0.parquet');
    const { root } = await scanFolders(folder, storage, [reader], signal);
    const files = findCandidates(root).map((candidate) => candidate.files);
    expect(await measure(files, { ...storage, open: never }, reader, signal, 300)).toEqual([
      { rows: undefined, unreadable: 0, bytes: 20 },
    ]);
  });
});

describe('the sizes of collections', () => {
  it('count files that cannot be read, and are unknown without the time to look', async () => {
    const folder = make('a/0.parquet', 'a/1.parquet');
    const { root } = await scanFolders(folder, storage, [reader], signal);
    const files = findCandidates(root).map((candidate) => candidate.files);
    expect(await measure(files, storage, reader, signal)).toEqual([{ rows: 0, unreadable: 2, bytes: 40 }]);
    expect(await measure(files, storage, reader, signal, 0)).toEqual([{ rows: undefined, unreadable: 0, bytes: 40 }]);
  });
});
