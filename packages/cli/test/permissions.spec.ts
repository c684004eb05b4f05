import { chmodSync, chownSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataset } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './fake-host.ts';
import { runBinary } from './run-binary.ts';

const nobody = 65_534;
/** Permissions do not bind root: then the command runs as nobody. */
const before =
  process.getuid?.() === 0
    ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--no-new-privs']
    : [];

/** A folder with two shards and a place to write, for whoever runs the command. */
async function folderForNobody(): Promise<string> {
  const folder = temporaryFolder();
  await makeDataset(folder, { collections: ['a'], shardsPerCollection: 2, rowsPerShard: 10 });
  mkdirSync(join(folder, 'work'));
  if (before.length > 0) chownSync(join(folder, 'work'), nobody, nobody);
  chmodSync(folder, 0o755);
  return folder;
}
const run = (workingFolder: string, ...flags: string[]) =>
  runBinary(['run', '--input', 'a=a', '--output', 'work/out', '--shards', '2', '--json', ...flags], {
    workingFolder,
    before,
  });

describe('an input that may not be read ends the job, and is no lost shard', () => {
  it('can be read where permissions allow it', async () => {
    const { exitCode, stdout } = await run(await folderForNobody());
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { rows: 20, lost: [] }]);
  });

  it.each<[string, string, (folder: string) => void]>([
    ['a file', 'a/00001/data.parquet', (folder) => chmodSync(join(folder, 'a/00001/data.parquet'), 0o200)],
    ['a folder', 'a/00001', (folder) => chmodSync(join(folder, 'a/00001'), 0)],
    ['a folder that can be listed and not entered', 'a/00001', (folder) => chmodSync(join(folder, 'a/00001'), 0o444)],
    [
      'what a link leads to',
      'a/00001',
      (folder) => {
        mkdirSync(join(folder, 'private'));
        renameSync(join(folder, 'a/00001/data.parquet'), join(folder, 'private/data.parquet'));
        symlinkSync('../../private/data.parquet', join(folder, 'a/00001/data.parquet'));
        chmodSync(join(folder, 'private'), 0o600);
      },
    ],
  ])('%s', async (_, place, forbid) => {
    const folder = await folderForNobody();
    forbid(folder);
    for (const flags of [[], ['--on-bad-shard', 'salvage', '--max-loss', '100%']]) {
      const { exitCode, stdout, stderr } = await run(folder, ...flags);
      expect(exitCode).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        ok: false,
        error: {
          code: 'STORAGE_FAILED',
          message: expect.stringMatching(new RegExp(`${place}: permission is denied \\(EACCES\\)\\. Check the owner`)),
        },
      });
      expect(stderr).toContain('The output folder');
      expect(readdirSync(join(folder, 'work/out')).filter((name) => name !== '.riffle')).toEqual([]);
    }
  });
});
