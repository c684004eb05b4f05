import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './fake-host.ts';
import { runBinary, unbundledEntry } from './run-binary.ts';

const noteModules = fileURLToPath(new URL('support/note-modules.mjs', import.meta.url));

/** Files that the built command loads for these words, `packages/…` and `node_modules/…`. */
async function loadedBy(status: number, ...words: string[]): Promise<string[]> {
  const workingFolder = temporaryFolder();
  const list = join(workingFolder, 'modules');
  const before = ['env', `NOTE_MODULES_IN=${list}`, `NODE_OPTIONS=--import=${noteModules}`];
  const { exitCode, stdout } = await runBinary(words, { workingFolder, before, program: unbundledEntry });
  expect(exitCode).toBe(status);
  expect(stdout.length).toBeGreaterThan(4);
  const files = readFileSync(list, 'utf8').split('\n');
  return files
    .filter((file) => file.startsWith('file:'))
    .map((file) => file.replace(/^.*\/(?=packages\/|node_modules\/)/, ''));
}

/** What takes long to load, and what only work needs. */
const heavy =
  /\/(?:zod|apache-arrow|piscina|parquet-wasm|yaml|inquirer|@inquirer|log-update|hyparquet)\/|packages\/(?:pipeline|columnar|treaty|shuffler|reader-parquet|report|certificate|verifier)\/dist\/(?!pool\/(?:read-modules-in-turn|stuck-threads)\.js)/;

describe('the start', () => {
  it('for --version loads two files of ours and nothing else', async () => {
    expect(await loadedBy(0, '--version')).toEqual(['packages/cli/dist/bin.js', 'packages/cli/dist/version.js']);
  });

  it.each([['--help'], ['run --help'], ['help verify']])('for %s loads nothing that does work', async (words) => {
    const files = await loadedBy(0, ...words.split(' '));
    expect(files.filter((file) => heavy.test(file))).toEqual([]);
    expect(files.some((file) => file.includes('/commander/'))).toBe(true);
    expect(files.length).toBeLessThan(60);
  });

  it('for a command that works loads what this test looks for', async () => {
    const files = await loadedBy(2, 'plan', '--json');
    for (const name of ['/zod/', 'packages/pipeline/dist/index.js'])
      expect(files.some((file) => file.includes(name) && heavy.test(file))).toBe(true);
  });
});
