import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makeDataset } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleCommand, placeModules } from '../src/bundle-command.mjs';

// The command is no library: it is imported by its place.
const { isFresh } = await import(new URL('../../../packages/cli/bin/is-fresh.mjs', import.meta.url).href);

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));
const command = join(packages, 'cli/bin/riffle.mjs');
const noteModules = join(packages, 'cli/test/support/note-modules.mjs');
const folder = mkdtempSync(join(tmpdir(), 'riffle-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program on the dataset; gives its shards' hashes, and the modules that its main thread and workers loaded. */
function run(program, data, name) {
  const output = join(folder, name);
  const list = join(folder, `${name}.modules`);
  const inputs = data.collections.flatMap((collection) => ['--input', `${collection.name}=${collection.path}`]);
  execFileSync(process.execPath, [program, 'run', ...inputs, '--output', output, '--shards', '3', '--quiet'], {
    env: { ...process.env, NODE_OPTIONS: `--import=${noteModules}`, NOTE_MODULES_IN: list },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const shards = readdirSync(output).filter((file) => file.endsWith('.parquet'));
  const hashes = shards.map((file) =>
    createHash('sha256')
      .update(readFileSync(join(output, file)))
      .digest('hex'),
  );
  const modules = readFileSync(list, 'utf8')
    .split('\n')
    .filter((url) => url.startsWith('file:'));
  return { hashes, modules };
}

describe('the bundled command', () => {
  let data;
  beforeAll(async () => {
    data = await makeDataset(join(folder, 'in'));
  });

  it('is what people run, in few files, and writes the same bytes', () => {
    expect(isFresh(new URL('../../../packages/cli/bundle/', import.meta.url))).toBe(true);
    const bundled = run(command, data, 'bundled');
    const unbundled = run(join(packages, 'cli/dist/bin.js'), data, 'unbundled');
    expect(bundled.hashes).toHaveLength(3);
    expect(bundled.hashes).toEqual(unbundled.hashes);
    expect(bundled.modules.filter((url) => /\/dist\/|apache-arrow|zod|linkedom/.test(url))).toEqual(
      bundled.modules.filter((url) => url.includes('/piscina/')),
    );
    // Main thread and workers together.
    expect(unbundled.modules.length).toBeGreaterThan(500);
    expect(bundled.modules.length).toBeLessThan(200);
  });

  it('says its version', () => {
    const { version } = JSON.parse(readFileSync(join(packages, 'cli/package.json'), 'utf8'));
    expect(execFileSync(process.execPath, [command, '--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
  });
});

describe('isFresh', () => {
  const bundle = pathToFileURL(join(folder, 'cli/bundle/'));
  const account = join(folder, 'core/dist/tsconfig.lib.tsbuildinfo');
  beforeAll(() => {
    mkdirSync(new URL('.', bundle), { recursive: true });
    mkdirSync(join(folder, 'core/dist'), { recursive: true });
  });
  const sha256 = createHash('sha256').update('built').digest('hex');
  const from = JSON.stringify({ '../../core/dist/tsconfig.lib.tsbuildinfo': sha256 });

  it('is false where there is no bundle', () => {
    expect(isFresh(bundle)).toBe(false);
  });
  it('is true where nothing tells of builds: in an installed package', () => {
    writeFileSync(new URL('built-from.json', bundle), from);
    expect(isFresh(bundle)).toBe(true);
  });
  it('is true for the build that it was made from, and false for any other', () => {
    writeFileSync(account, 'built');
    expect(isFresh(bundle)).toBe(true);
    writeFileSync(account, 'built anew');
    expect(isFresh(bundle)).toBe(false);
  });
});

describe('bundling', () => {
  const transform = (path, code) => placeModules(packages, '1.2.3').transform(code, join(packages, path));

  it('refuses a module that asks for its own place and is not known', () => {
    expect(() => transform('core/dist/new.js', 'import.meta.dirname')).toThrow('core/dist/new.js uses import.meta');
    expect(transform('core/dist/new.js', 'export const one = 1;')).toBeUndefined();
  });
  it('refuses a known one that has changed', () => {
    expect(() => transform('pipeline/dist/pool/lane.js', 'new URL("./other.js", import.meta.url)')).toThrow('has 0 of');
  });
  it('leaves nothing behind if it fails', async () => {
    const empty = join(folder, 'empty/');
    mkdirSync(join(empty, 'cli'), { recursive: true });
    writeFileSync(join(empty, 'cli/package.json'), '{ "version": "1.2.3" }');
    await expect(bundleCommand(empty, join(folder, 'no-bundle/'))).rejects.toThrow('cli/dist/bin.js');
    expect(readdirSync(folder)).not.toContain('no-bundle');
  });
});
