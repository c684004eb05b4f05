import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFileStorage } from '../src/index.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();
const storage = createFileStorage();
const linux = process.platform === 'linux';
const posix = process.platform !== 'win32';

describe('list', () => {
  it('sorts by UTF-8 bytes, not by UTF-16 units or locale', async () => {
    const folder = newFolder();
    // U+FF5A (EF BD 9A) sorts before U+1F600 (F0 9F …) in UTF-8, and after its surrogates in UTF-16.
    for (const name of ['ｚ', '😀', 'b', 'B', 'a', '10', '9', 'é']) writeFileSync(join(folder, name), '');
    expect((await storage.list(folder)).map((entry) => entry.path.normalize())).toEqual([
      '10',
      '9',
      'B',
      'a',
      'b',
      'é',
      'ｚ',
      '😀',
    ]);
  });

  it('gives direct children only, dot entries too, with sizes', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'sub', 'deeper'), { recursive: true });
    writeFileSync(join(folder, '.hidden'), 'abc');
    const entries = await storage.list(folder);
    expect(entries.map(({ path, kind, size }) => ({ path, kind, size }))).toEqual([
      { path: '.hidden', kind: 'file', size: 3 },
      { path: 'sub', kind: 'directory', size: 0 },
    ]);
  });

  it('follows good links and explains bad ones, without walking in circles', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'file'), 'abc');
    symlinkSync('file', join(folder, 'to-file'));
    symlinkSync('.', join(folder, 'to-itself'));
    symlinkSync('nothing', join(folder, 'dangling'));
    symlinkSync('file/nothing', join(folder, 'dangling-below-a-file'));
    symlinkSync('looping', join(folder, 'looping'));
    const entries = new Map((await storage.list(folder)).map((entry) => [entry.path, entry]));
    expect(entries.get('to-file')).toMatchObject({ kind: 'file', size: 3, identity: entries.get('file')?.identity });
    expect(entries.get('to-itself')).toMatchObject({
      kind: 'directory',
      identity: (await storage.stat(folder))?.identity,
    });
    expect(entries.get('dangling')).toMatchObject({ kind: 'other', note: 'a link that leads nowhere' });
    expect(entries.get('dangling-below-a-file')).toMatchObject({ kind: 'other', note: 'a link that leads nowhere' });
    expect(entries.get('looping')).toMatchObject({ kind: 'other', note: 'a link that leads in a circle' });
  });

  it.runIf(posix)('reports FIFOs, sockets and devices, and opens none of them', async () => {
    const folder = newFolder();
    execFileSync('mkfifo', [join(folder, 'fifo')], { stdio: 'ignore' });
    symlinkSync('fifo', join(folder, 'link-to-fifo'));
    symlinkSync('/dev/zero', join(folder, 'link-to-device'));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve));
    const entries = await storage.list(folder);
    expect(entries.map(({ path, kind, note }) => [path, kind, note])).toEqual([
      ['fifo', 'other', 'a FIFO'],
      ['link-to-device', 'other', 'a character device'],
      ['link-to-fifo', 'other', 'a FIFO'],
      ['socket', 'other', 'a socket'],
    ]);
    for (const { path } of entries) {
      await expect(storage.open(join(folder, path))).rejects.toThrow(/Only regular files can be read/);
    }
    await new Promise((resolve) => server.close(resolve));
  });

  it.runIf(linux)('reports names that are not UTF-8, and removes them', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'sub'));
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/sub/bad`), Buffer.from([0xff]), Buffer.from('.parquet')]),
      'ab',
    );
    expect(await storage.list(join(folder, 'sub'))).toMatchObject([
      { path: 'bad\uFFFD.parquet', kind: 'file', size: 2, readableName: false },
    ]);
    await storage.remove(join(folder, 'sub'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps no file open and looks at each of 500 entries', async () => {
    const folder = newFolder();
    for (let index = 0; index < 500; index++) writeFileSync(join(folder, String(index)), '');
    const before = openFiles();
    const listing = storage.list(folder);
    let most = openFiles();
    const watch = setInterval(() => (most = Math.max(most, openFiles())), 1);
    expect(await listing).toHaveLength(500);
    clearInterval(watch);
    expect(most - before).toBeLessThanOrEqual(2);
    expect(openFiles()).toBe(before);
  });

  it('refuses a file and what is not there', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(storage.list(join(folder, 'file'))).rejects.toMatchObject({ details: { systemCode: 'ENOTDIR' } });
    await expect(storage.list(join(folder, 'no'))).rejects.toMatchObject({ details: { systemCode: 'ENOENT' } });
  });
});

function openFiles(): number {
  return linux ? readdirSync('/proc/self/fd').length : 0;
}

describe('realLocation', () => {
  it('resolves links, also below them and for what does not exist yet', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'real', 'sub'), { recursive: true });
    symlinkSync('real', join(folder, 'link'));
    symlinkSync('real/later', join(folder, 'to-later'));
    expect(await storage.realLocation(join(folder, 'link', 'sub'))).toBe(join(folder, 'real', 'sub'));
    expect(await storage.realLocation(join(folder, 'link', 'new', 'er'))).toBe(join(folder, 'real', 'new', 'er'));
    expect(await storage.realLocation(join(folder, 'to-later'))).toBe(join(folder, 'real', 'later'));
    expect(await storage.realLocation(join(folder, 'to-later', 'x'))).toBe(join(folder, 'real', 'later', 'x'));
  });

  it('takes `link/..` as the parent of the target, as the kernel does', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    symlinkSync('a/b', join(folder, 'link'));
    expect(await storage.realLocation(`${folder}/link/..`)).toBe(join(folder, 'a'));
  });

  it('starts relative locations at the working folder', async () => {
    expect(await storage.realLocation('not-here-yet')).toBe(join(await storage.realLocation('.'), 'not-here-yet'));
  });

  it('fails on links in a circle', async () => {
    const folder = newFolder();
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    await expect(storage.realLocation(join(folder, 'a'))).rejects.toMatchObject({ details: { systemCode: 'ELOOP' } });
  });
});
