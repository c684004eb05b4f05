import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RiffleError, type Storage } from '@riffle/core';
import { createFileStorage } from '@riffle/storage-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOutputFolder } from './check-output-folder.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'riffle-preflight-')));
  mkdirSync(join(folder, 'in', 'sub'), { recursive: true });
  writeFileSync(join(folder, 'in', 'one.parquet'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Given {
  readonly input?: string;
  readonly output?: string;
  readonly tempDir?: string;
  readonly overwrite?: boolean;
}

function check(given: Given = {}, storage: Storage = createFileStorage()): Promise<void> {
  const { input = 'in', output = 'out', overwrite = false, tempDir } = given;
  const recipe = { collections: [{ name: 'a', path: input }], output, overwrite, tempDir };
  return checkOutputFolder(recipe, storage, { baseFolder: folder });
}

describe('overlapping folders', () => {
  it.each<[string, Given, RegExp]>([
    ['the output inside an input', { output: 'in/out' }, /the output \(in\/out\) is inside collection a \(in\)/],
    ['the output is an input', { output: 'in' }, /the output \(in\) is the same folder as collection a/],
    ['an input inside the output', { input: 'in/sub', output: 'in' }, /collection a \(in\/sub\) is inside the output/],
    [
      'an input file inside the output',
      { input: 'in/one.parquet', output: 'in' },
      /collection a \(in\/one\.parquet\) is inside the output/,
    ],
    ['the temp folder inside an input', { tempDir: 'in/temp' }, /the temp folder \(in\/temp\) is inside collection a/],
    ['with dots', { output: 'elsewhere/../in/out' }, /is inside collection a/],
  ])('are refused: %s', async (_, given, message) => {
    await expect(check({ overwrite: true, ...given })).rejects.toMatchObject({
      code: 'OVERLAPPING_FOLDERS',
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });

  it('are seen through links, also for an output that does not exist yet', async () => {
    symlinkSync('in', join(folder, 'link'));
    symlinkSync('in/later', join(folder, 'to-later'));
    await expect(check({ output: 'link/new/out' })).rejects.toMatchObject({ code: 'OVERLAPPING_FOLDERS' });
    await expect(check({ output: 'to-later' })).rejects.toMatchObject({ code: 'OVERLAPPING_FOLDERS' });
  });

  it('are not folders whose names only start alike', async () => {
    await check({ output: 'in-out', tempDir: 'in-temp' });
    expect(readdirSync(folder)).toEqual(['in']);
  });

  it('name every pair', async () => {
    await expect(check({ output: 'in/out', tempDir: 'in/temp' })).rejects.toMatchObject({
      details: { overlaps: { length: 2 } },
    });
  });
});

describe('a folder that holds something', () => {
  it.each<[string, () => void, RegExp]>([
    ['a file', () => write('out/note.txt'), /it holds note\.txt\. .*--overwrite/],
    ['two files', () => [write('out/b'), write('out/a')], /2 things, for instance a/],
    [
      'a finished result',
      () => write('out/.riffle/manifest.json'),
      /already holds a finished result\. Give --overwrite/,
    ],
    [
      'the work of an interrupted run',
      () => write('out/.riffle/run-1/journal.jsonl'),
      /work of an interrupted run\. Give --resume to go on with it, --overwrite to start afresh/,
    ],
  ])('is refused: %s', async (_, prepare, message) => {
    prepare();
    await expect(check()).rejects.toMatchObject({
      code: 'OUTPUT_NOT_EMPTY',
      exitCode: 2,
      message: expect.stringMatching(message),
    });
    await expect(check({ overwrite: true })).resolves.toBeUndefined();
  });

  it('may hold the log of a job that failed in order, and nothing else', async () => {
    write('out/.riffle/log.jsonl');
    await check();
    write('out/.riffle/other');
    await expect(check()).rejects.toMatchObject({ code: 'OUTPUT_NOT_EMPTY' });
    rmSync(join(folder, 'out', '.riffle', 'other'));
    write('out/note.txt');
    await expect(check()).rejects.toMatchObject({ code: 'OUTPUT_NOT_EMPTY' });
  });

  it('may be there if it is empty', async () => {
    mkdirSync(join(folder, 'out'));
    await check();
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
  });

  function write(path: string): void {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
});

describe('writability', () => {
  it('is tried with a real file, written and synced, and nothing is left behind', async () => {
    const calls: string[] = [];
    const real = createFileStorage();
    const storage: Storage = {
      ...real,
      create: async (location, options) => {
        calls.push('create');
        const file = await real.create(location, options);
        return {
          ...file,
          write: async (bytes) => (calls.push(`write ${bytes.length}`), file.write(bytes)),
          sync: async () => (calls.push('sync'), file.sync()),
        };
      },
    };
    await check({ output: 'deep/er/out' }, storage);
    expect(calls).toEqual(['create', 'write 1', 'sync']);
    expect(readdirSync(folder)).toEqual(['in']);
  });

  it('is refused with the reason of the system, and nothing is left behind', async () => {
    const real = createFileStorage();
    const refusal = new RiffleError('STORAGE_FAILED', 'Cannot write: no space is left (ENOSPC).');
    const storage: Storage = {
      ...real,
      create: async (location, options) => ({
        ...(await real.create(location, options)),
        write: () => Promise.reject(refusal),
      }),
    };
    await expect(check({ output: 'deep/out' }, storage)).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      exitCode: 2,
      cause: refusal,
      message: expect.stringContaining('no space is left (ENOSPC)'),
    });
    expect(readdirSync(folder)).toEqual(['in']);
  });

  it('is refused below a file', async () => {
    await expect(check({ output: 'in/one.parquet/out' })).rejects.toMatchObject({ code: 'OVERLAPPING_FOLDERS' });
    writeFileSync(join(folder, 'file'), '');
    await expect(check({ output: 'file/out' })).rejects.toMatchObject({ code: 'OUTPUT_NOT_WRITABLE' });
  });
});
