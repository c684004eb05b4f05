import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileStorage } from '@riffle/storage-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkRecipe, type RecipeDraft } from './check-recipe.ts';

const storage = createFileStorage();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'riffle-preflight-'));
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'one.parquet'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const check = (recipe: RecipeDraft) => checkRecipe(recipe, storage, { availableCpus: 2, baseFolder: folder });

describe('checkRecipe', () => {
  it('accepts folders, files, absolute paths, new folders, and leaves nothing behind', async () => {
    const before = readdirSync(folder);
    expect(
      await check({
        collections: [
          { name: 'folder', path: 'a' },
          { name: 'file', path: 'one.parquet' },
          { name: 'absolute', path: join(folder, 'a') },
        ],
        output: 'new/out',
        workers: 2,
        tempDir: 'new/temp',
      }),
    ).toEqual([]);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('reports every problem at once, each with its place', async () => {
    execFileSync('mkfifo', [join(folder, 'fifo')], { stdio: 'ignore' });
    const problems = await check({
      collections: [
        { name: 'x', path: 'a' },
        { name: 'y', path: 'missing' },
        { name: 'x', path: 'fifo' },
      ],
      output: 'one.parquet',
      workers: 3,
      tempDir: 'one.parquet/below',
    });
    expect(problems).toEqual([
      { place: 'collections[2].name', message: 'must be unique: "x" is also the name of collections[0]' },
      { place: 'collections[1].path', message: `must exist: nothing is at ${join(folder, 'missing')}` },
      { place: 'collections[2].path', message: `must be a folder or a file: ${join(folder, 'fifo')} is a FIFO` },
      { place: 'output', message: `must be a folder: ${join(folder, 'one.parquet')} is a file` },
      { place: 'workers', message: 'must be a whole number from 1 to 2, the CPUs this process may use, not 3' },
      { place: 'tempDir', message: expect.stringMatching(/^must be writable: Cannot .*one\.parquet/) },
    ]);
  });

  it('checks what it can of half a recipe', async () => {
    expect(await check({ collections: [{ path: 'missing' }, { name: 'n' }, { name: 'e', path: ' ' }] })).toEqual([
      { place: 'collections[0].path', message: `must exist: nothing is at ${join(folder, 'missing')}` },
    ]);
  });

  it('does not mistake a cancelled job for a wrong recipe', async () => {
    const reason = new Error('stopped');
    const machine = { availableCpus: 2, baseFolder: folder, signal: AbortSignal.abort(reason) };
    await expect(checkRecipe({ collections: [{ name: 'a', path: 'a' }] }, storage, machine)).rejects.toBe(reason);
  });
});
