import { linkSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directCalls, pooledCalls } from '../src/file-calls.ts';
import { fileStorageWith } from '../src/file-storage.ts';
import createFileStorage from '../src/index.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();
const storage = createFileStorage();

async function writeAll(location: string, text: string, overwrite = false): Promise<void> {
  const file = await storage.create(location, { overwrite });
  await file.write(Buffer.from(text));
  await file.sync();
  await file.close();
}

describe('identity', () => {
  it('says what it is and cannot be changed', () => {
    expect(storage).toMatchObject({ specificationVersion: 'v1', role: 'storage', name: 'file' });
    expect(Object.isFrozen(storage.capabilities)).toBe(true);
  });
});

describe.each([
  ['on the main thread', fileStorageWith(pooledCalls)],
  ['in a worker', fileStorageWith(directCalls)],
])('reading %s', (_, storage) => {
  it('gives exactly the bytes asked for, in memory of their own', async () => {
    const path = join(newFolder(), 'file');
    writeFileSync(path, 'abcdefghij');
    const file = await storage.open(path);
    expect(file.size).toBe(10);
    const bytes = await file.read(3, 4);
    expect(Buffer.from(bytes).toString()).toBe('defg');
    expect(bytes.buffer.byteLength).toBe(4);
    expect((await file.read(10, 0)).length).toBe(0);
    await file.close();
    await file.close();
    await expect(file.read(0, 1)).rejects.toMatchObject({ details: { systemCode: 'EBADF' } });
  });

  it('says FILE_CHANGED when the file shrank since it was opened', async () => {
    const path = join(newFolder(), 'file');
    writeFileSync(path, 'abcdefghij');
    const file = await storage.open(path);
    truncateSync(path, 4);
    await expect(file.read(2, 6)).rejects.toMatchObject({ code: 'FILE_CHANGED', details: { size: 10, end: 4 } });
    await file.close();
  });

  it.each([
    [8, 3],
    [-1, 1],
    [0, -1],
    [0.5, 1],
    [Number.MAX_SAFE_INTEGER, 2 ** 40],
    [Number.NaN, 1],
  ])('blames the content for a range outside the file (%d, %d), allocating nothing', async (offset, length) => {
    const path = join(newFolder(), 'file');
    writeFileSync(path, 'abcdefghij');
    const file = await storage.open(path);
    await expect(file.read(offset, length)).rejects.toMatchObject({ code: 'BAD_CONTENT', details: { size: 10 } });
    await file.close();
  });

  it('refuses a folder and what is not there', async () => {
    const folder = newFolder();
    await expect(storage.open(folder)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    await expect(storage.open(join(folder, 'no'))).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      details: { operation: 'open', location: join(folder, 'no'), systemCode: 'ENOENT' },
    });
  });
});

describe('writing', () => {
  it('appends, keeps what was written, and lets the buffer be reused', async () => {
    const path = join(newFolder(), 'file');
    const file = await storage.create(path);
    const buffer = Buffer.from('one');
    await file.write(buffer);
    buffer.write('two');
    await file.write(buffer);
    await file.write(new Uint8Array(0));
    await file.close();
    expect(readFileSync(path, 'utf8')).toBe('onetwo');
  });

  it('refuses an existing file unless told to overwrite', async () => {
    const path = join(newFolder(), 'file');
    await writeAll(path, 'old');
    await expect(storage.create(path)).rejects.toMatchObject({ details: { systemCode: 'EEXIST' } });
    expect(readFileSync(path, 'utf8')).toBe('old');
    await writeAll(path, 'new', true);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('never writes through a link, hard or symbolic, when it overwrites', async () => {
    const folder = newFolder();
    const input = join(folder, 'input');
    writeFileSync(input, 'precious');
    linkSync(input, join(folder, 'hard'));
    symlinkSync(input, join(folder, 'soft'));
    await writeAll(join(folder, 'hard'), 'x', true);
    await writeAll(join(folder, 'soft'), 'x', true);
    expect(readFileSync(input, 'utf8')).toBe('precious');
  });

  it('does not overwrite a folder', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'sub'));
    await expect(storage.create(join(folder, 'sub'), { overwrite: true })).rejects.toMatchObject({
      details: { systemCode: 'EISDIR' },
    });
  });
});

describe('stat', () => {
  it('is undefined where nothing is, also below a file', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), 'x');
    expect(await storage.stat(join(folder, 'no'))).toBeUndefined();
    expect(await storage.stat(join(folder, 'file', 'no'))).toBeUndefined();
  });

  it('follows links and gives one identity to one file', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), 'abc');
    symlinkSync('file', join(folder, 'link'));
    const [file, link] = [await storage.stat(join(folder, 'file')), await storage.stat(join(folder, 'link'))];
    expect(file).toMatchObject({ path: 'file', kind: 'file', size: 3, readableName: true });
    expect(link).toEqual({ ...file, path: 'link' });
    expect((await storage.stat(folder))?.kind).toBe('directory');
    expect((await storage.stat(folder))?.identity).not.toBe(file?.identity);
  });
});

describe('folders', () => {
  it('are made with their parents, once or twice, and synced', async () => {
    const folder = join(newFolder(), 'a', 'b');
    await storage.makeFolder(folder);
    await storage.makeFolder(folder);
    await storage.syncFolder(folder);
    expect((await storage.stat(folder))?.kind).toBe('directory');
  });

  it('are made side by side', async () => {
    const folder = newFolder();
    const all = Array.from({ length: 20 }, (_, index) => join(folder, 'a', 'b', 'c', String(index % 3)));
    await Promise.all(all.map((location) => storage.makeFolder(location)));
    expect((await storage.list(join(folder, 'a', 'b', 'c'))).map((entry) => entry.path)).toEqual(['0', '1', '2']);
  });

  it('cannot be made where a file is, nor below one', async () => {
    const path = join(newFolder(), 'file');
    writeFileSync(path, '');
    await expect(storage.makeFolder(path)).rejects.toMatchObject({ details: { systemCode: 'EEXIST' } });
    await expect(storage.makeFolder(join(path, 'below'))).rejects.toMatchObject({ details: { systemCode: 'ENOTDIR' } });
  });

  it.runIf(process.platform === 'linux')('fail, and do not hang, where the system has no such place', async () => {
    await expect(storage.makeFolder('/proc/riffle/below')).rejects.toMatchObject({ details: { systemCode: 'ENOENT' } });
  });

  it('cannot be synced where they are not', async () => {
    await expect(storage.syncFolder(join(newFolder(), 'no'))).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });

  it('are renamed and removed with all below; nothing there is no error', async () => {
    const folder = newFolder();
    await storage.makeFolder(join(folder, 'a', 'b'));
    await writeAll(join(folder, 'a', 'b', 'file'), 'x');
    await storage.rename(join(folder, 'a'), join(folder, 'c'));
    expect(readFileSync(join(folder, 'c', 'b', 'file'), 'utf8')).toBe('x');
    await storage.remove(join(folder, 'c'));
    await storage.remove(join(folder, 'c'));
    expect(await storage.list(folder)).toEqual([]);
  });

  it('removing a link leaves what it leads to', async () => {
    const folder = newFolder();
    await storage.makeFolder(join(folder, 'kept'));
    symlinkSync('kept', join(folder, 'link'));
    await storage.remove(join(folder, 'link'));
    expect((await storage.list(folder)).map((entry) => entry.path)).toEqual(['kept']);
  });
});

describe('free space', () => {
  it('is known for a place that does not exist yet', async () => {
    const folder = newFolder();
    const here = await storage.freeSpace(folder);
    expect(here).toBeGreaterThan(0);
    expect(await storage.freeSpace(join(folder, 'not', 'yet'))).toBeGreaterThan(here! / 2);
  });
});

describe('an aborted signal', () => {
  it('rejects every operation with its reason', async () => {
    const folder = newFolder();
    const path = join(folder, 'file');
    writeFileSync(path, 'abc');
    const file = await storage.open(path);
    const written = await storage.create(join(folder, 'new'));
    const reason = new Error('stopped');
    const options = { signal: AbortSignal.abort(reason) };
    const operations = [
      () => storage.realLocation(path, options),
      () => storage.stat(path, options),
      () => storage.list(folder, options),
      () => storage.open(path, options),
      () => storage.create(join(folder, 'never'), options),
      () => storage.makeFolder(join(folder, 'never'), options),
      () => storage.syncFolder(folder, options),
      () => storage.rename(path, join(folder, 'never'), options),
      () => storage.remove(path, options),
      () => storage.freeSpace(folder, options),
      () => file.read(0, 1, options),
      () => written.write(Buffer.from('x'), options),
    ];
    for (const operation of operations) await expect(operation()).rejects.toBe(reason);
    await file.close();
    await written.close();
    expect((await storage.list(folder)).map((entry) => entry.path)).toEqual(['file', 'new']);
  });
});
