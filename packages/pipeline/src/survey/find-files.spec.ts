import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileStorage } from '@riffle/storage-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareUtf8, findFiles } from './find-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'riffle-find-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
}
const find = (path = '') => findFiles(createFileStorage(), join(folder, path), [{ extensions: ['.parquet'] }], {});

describe('findFiles', () => {
  it('finds shard folders, files in the root and deeper ones, each with its shard', async () => {
    write('00000/b.parquet', '00000/a.parquet', 'root.parquet', 'x/y/z/c.parquet');
    const { files } = await find();
    expect(files.map(({ path, shard, size }) => [path, shard, size])).toEqual([
      ['00000/a.parquet', '00000', 15],
      ['00000/b.parquet', '00000', 15],
      ['root.parquet', 'root.parquet', 12],
      ['x/y/z/c.parquet', 'x/y/z', 15],
    ]);
    expect(files[0]!.location).toBe(join(folder, '00000/a.parquet'));
  });

  it('orders whole relative paths as UTF-8 bytes', async () => {
    const names = ['a/b', 'a-b', 'a.b', 'a b', 'é', 'z', 'Z', '\u{ff41}', '\u{1f44b}'];
    write(...names.map((name) => `${name}/f`));
    const found = (await find()).files.map(({ path }) => path);
    expect(found).toEqual(
      names.map((name) => `${name}/f`).toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
    );
    // U+FF41 comes before U+1F44B in UTF-8; UTF-16, JavaScript's own order, has it after.
    expect(compareUtf8('\u{ff41}', '\u{1f44b}')).toBeLessThan(0);
  });

  it('takes a single file as a collection', async () => {
    write('deep/one.parquet');
    expect((await find('deep/one.parquet')).files).toEqual([
      { path: 'one.parquet', location: join(folder, 'deep/one.parquet'), size: 16, shard: 'one.parquet' },
    ]);
  });

  it('reports folders with nothing below; one with only dot entries is such a folder, one with folders is not', async () => {
    mkdirSync(join(folder, 'empty'));
    mkdirSync(join(folder, 'outer/inner'), { recursive: true });
    write('dots/.hidden', 'full/file');
    const { emptyFolders, skipped } = await find();
    expect([emptyFolders, skipped]).toEqual([['dots', 'empty', 'outer/inner'], 1]);
  });

  it('skips dot entries below, and not the dot folder it was pointed at', async () => {
    write('.dset/tts/00000/a.parquet', '.dset/tts/.cache/b.parquet', '.dset/tts/00000/.c.parquet');
    const { files, skipped } = await find('.dset/tts');
    expect([files.map(({ path }) => path), skipped]).toEqual([['00000/a.parquet'], 2]);
  });

  it('follows links, enters a folder once, and ends on loops', async () => {
    write('real/a.parquet');
    symlinkSync('real', join(folder, 'again'));
    symlinkSync('..', join(folder, 'real/up'));
    symlinkSync('real/a.parquet', join(folder, 'link.parquet'));
    const { files, unusable } = await find();
    expect(files.map(({ path }) => path.split('/').at(-1)!).toSorted(compareUtf8)).toEqual([
      'a.parquet',
      'link.parquet',
    ]);
    expect(unusable).toEqual([]);
  });

  it('names what can be no data file, with the reason', async () => {
    mkdirSync(join(folder, '00000'));
    execFileSync('mkfifo', [join(folder, '00000/pipe.parquet')], { stdio: 'ignore' });
    symlinkSync('nowhere', join(folder, 'dangling.parquet'));
    const { unusable, files } = await find();
    expect(files).toEqual([]);
    expect(unusable.toSorted((one, other) => compareUtf8(one.path, other.path))).toEqual([
      { path: '00000/pipe.parquet', shard: '00000', reason: expect.stringMatching(/FIFO.*not a regular file/) },
      { path: 'dangling.parquet', shard: 'dangling.parquet', reason: expect.stringMatching(/link/) },
    ]);
  });
});
