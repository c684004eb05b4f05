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
const readers = [{ extensions: ['.parquet'] }];
const find = (path = '') => findFiles(createFileStorage(), join(folder, path), readers, {});

describe('findFiles', () => {
  it('finds shard folders, files in the root and deeper ones, each with its shard', async () => {
    write('00000/b.parquet', '00000/a.parquet', 'root.parquet', 'x/y/z/c.parquet');
    const { files } = await find();
    expect(files.map(({ path, shard }) => [path, shard])).toEqual([
      ['00000/a.parquet', '00000'],
      ['00000/b.parquet', '00000'],
      ['root.parquet', 'root.parquet'],
      ['x/y/z/c.parquet', 'x/y/z'],
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
      {
        path: 'one.parquet',
        location: join(folder, 'deep/one.parquet'),
        identity: expect.any(String),
        shard: 'one.parquet',
      },
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

  it('follows links, enters a folder once, ends on loops, and says under which path it is read', async () => {
    write('real/a.parquet');
    symlinkSync('real', join(folder, 'again'));
    symlinkSync('..', join(folder, 'real/up'));
    symlinkSync('real/a.parquet', join(folder, 'link.parquet'));
    const { files, unusable, secondFolders } = await find();
    expect(files.map(({ path }) => path)).toEqual(['again/a.parquet', 'link.parquet']);
    expect(new Set(files.map(({ identity }) => identity)).size).toBe(1);
    expect(secondFolders).toEqual([
      { path: 'real', of: 'again' },
      { path: 'again/up', of: '.' },
    ]);
    expect(unusable).toEqual([]);
  });

  it('finds the same whatever the order in which a storage lists', async () => {
    write('b/1.parquet', 'a/1.parquet', 'a/deep/2.parquet');
    for (const link of ['c', 'a/0', 'b/0']) symlinkSync(join(folder, 'a/deep'), join(folder, link));
    const storage = createFileStorage();
    const list = async (...values: Parameters<typeof storage.list>) => (await storage.list(...values)).toReversed();
    const backwards = await findFiles({ ...storage, list }, folder, readers, {});
    expect(backwards).toEqual(await find());
    expect(backwards.files.map(({ path }) => path)).toEqual(['a/1.parquet', 'b/1.parquet', 'c/2.parquet']);
  });

  it('names what can be no data file, with the reason', async () => {
    mkdirSync(join(folder, '00000'));
    execFileSync('mkfifo', [join(folder, '00000/pipe.parquet')], { stdio: 'ignore' });
    symlinkSync('nowhere', join(folder, 'dangling.parquet'));
    symlinkSync('nowhere', join(folder, 'README'));
    const { unusable, files, special } = await find();
    expect(files).toEqual([]);
    expect(special).toEqual(['README (a link that leads nowhere)']);
    expect(unusable.toSorted((one, other) => compareUtf8(one.path, other.path))).toMatchObject([
      { path: '00000/pipe.parquet', shard: '00000', reason: expect.stringMatching(/FIFO.*not a regular file/) },
      { path: 'dangling.parquet', shard: 'dangling.parquet', reason: expect.stringMatching(/link/) },
    ]);
  });

  it.runIf(process.platform === 'linux')(
    'tells names that are not UTF-8 apart from each other and from real ones',
    async () => {
      write('\u{fffd}.parquet', 'good/a.parquet');
      const odd = (name: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
      for (const name of ['\xfe.parquet', '\xff.parquet', '\xff.txt']) writeFileSync(odd(name), '');
      mkdirSync(odd('good/\xff'));
      const { files, unusable, special } = await find();
      expect(files.map(({ path }) => path)).toEqual(['good/a.parquet', '\u{fffd}.parquet']);
      expect(unusable.map(({ path, shard }) => [path, shard])).toEqual([
        ['\u{fffd} (2).parquet', '\u{fffd} (2).parquet'],
        ['\u{fffd} (3).parquet', '\u{fffd} (3).parquet'],
        ['good/\u{fffd}', 'good/\u{fffd}'],
      ]);
      expect(special).toEqual(['\u{fffd}.txt (its name is not valid UTF-8)']);
    },
  );

  it('refuses a collection that is a FIFO, a device or a link to nothing, without opening it', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')], { stdio: 'ignore' });
    symlinkSync('/dev/zero', join(folder, 'zero'));
    symlinkSync('nowhere', join(folder, 'dead'));
    for (const [name, what] of [
      ['pipe', /it is a FIFO, neither a folder nor a regular file/],
      ['zero', /it is a character device/],
      ['dead', /it is a link that leads nowhere/],
    ] as const)
      await expect(find(name)).rejects.toThrow(what);
  });
});
