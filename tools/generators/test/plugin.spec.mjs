import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import pluginGenerator from '../plugin/generator.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
// One compilation without output, against the build of `@riffle/core`.
const COMPILATION = {
  composite: false,
  noEmit: true,
  customConditions: [],
  rewriteRelativeImportExtensions: false,
  allowImportingTsExtensions: true,
};
const ROLES = ['reader', 'writer', 'shuffler', 'verifier', 'storage'];

let tree;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
  tree.write('tsconfig.json', JSON.stringify({ files: [], references: [{ path: './packages/core' }] }));
});

const json = (path) => JSON.parse(tree.read(path, 'utf8'));

describe.each(ROLES)('a %s', (role) => {
  test('gets manifest, configuration, stub, test and README', async () => {
    await pluginGenerator(tree, { role, format: 'arrow' });
    const root = `packages/${role}-arrow`;
    const files = tree
      .listChanges()
      .map(({ path }) => path)
      .filter((path) => path.startsWith(`${root}/`))
      .map((path) => path.slice(root.length + 1));
    expect(files.toSorted()).toEqual([
      'README.md',
      'package.json',
      'src/index.ts',
      `src/${role}.spec.ts`,
      `src/${role}.ts`,
      'tsconfig.json',
      'tsconfig.lib.json',
      'tsconfig.spec.json',
      'vitest.config.ts',
    ]);
    expect(json(`${root}/package.json`)).toMatchObject({
      name: `@riffle/${role}-arrow`,
      nx: { tags: [`role:${role}`] },
    });
    expect(json('tsconfig.json').references).toEqual([{ path: './packages/core' }, { path: `./${root}` }]);
  });
});

test('an existing package is never overwritten', async () => {
  await pluginGenerator(tree, { role: 'reader', format: 'arrow' });
  await expect(pluginGenerator(tree, { role: 'reader', format: 'arrow' })).rejects.toThrow('exists already');
});

test('an unknown role is refused with the known ones', async () => {
  await expect(pluginGenerator(tree, { role: 'baker', format: 'arrow' })).rejects.toThrow('use one of reader, writer');
});

describe('outside the workspace', () => {
  let folder;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'riffle-generator-')));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('the stub of every role satisfies its contract', async () => {
    for (const role of ROLES) await pluginGenerator(tree, { role, format: 'web-dataset' });
    for (const { path, content } of tree.listChanges().filter((change) => change.path.startsWith('packages/'))) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    link('node_modules/@types', 'node_modules/vitest', 'node_modules/@riffle/core');
    symlinkSync(join(ROOT, 'packages/core/node_modules/apache-arrow'), join(folder, 'node_modules/apache-arrow'));
    const config = {
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: COMPILATION,
      include: ['packages/*/src/*.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');

    const compiler = join(ROOT, 'node_modules/@typescript/native/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });

  /** What an install would link. */
  function link(...paths) {
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      symlinkSync(join(ROOT, path === 'node_modules/@riffle/core' ? 'packages/core' : path), join(folder, path));
    }
  }
});
