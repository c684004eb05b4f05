import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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
/** Files of the root that every package's configuration names. */
const SHARED = [
  'tsconfig.base.json',
  'tsconfig.lib.base.json',
  'tsconfig.spec.base.json',
  'vitest.setup.ts',
  'vitest.shared.ts',
];
const ROLES = ['reader', 'writer', 'shuffler', 'verifier', 'storage', 'layout'];

let tree;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
  tree.write('tsconfig.json', JSON.stringify({ files: [], references: [{ path: './packages/core' }] }));
});

const json = (path) => JSON.parse(tree.read(path, 'utf8'));

describe.each(ROLES)('a %s', (role) => {
  test('gets manifest, configuration, toy, test and README', async () => {
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
      ...(role === 'storage' ? ['src/files.ts'] : []),
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
  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'riffle-generator-')));
    for (const role of ROLES) await pluginGenerator(tree, { role, format: 'web-dataset' });
    for (const { path, content } of tree.listChanges().filter((change) => change.path.startsWith('packages/'))) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    // What an install would link, and what every package finds at the root.
    for (const name of ['@types', 'vitest', 'vite']) link(`node_modules/${name}`, `node_modules/${name}`);
    for (const name of ['core', 'testkit']) link(`packages/${name}`, `node_modules/@riffle/${name}`);
    link('packages/core/node_modules/apache-arrow', 'node_modules/apache-arrow');
    for (const file of SHARED) copyFileSync(join(ROOT, file), join(folder, file));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('the toy of every role satisfies its contract', () => {
    const config = {
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: COMPILATION,
      include: ['packages/*/src/*.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    expect(node('node_modules/@typescript/native/bin/tsc', '-p', folder)).toEqual({ output: '', status: 0 });
  });

  test.each(ROLES)(
    'the toy of a %s passes its tests, those of the conformance suite',
    (role) => {
      const project = join(folder, 'packages', `${role}-web-dataset`);
      const { output, status } = node('node_modules/vitest/vitest.mjs', 'run', '--root', project);
      expect({ output, status }).toMatchObject({ status: 0 });
      const report = JSON.parse(readFileSync(join(project, '.vitest/report.json'), 'utf8'));
      // The stub of a verifier has tests of its own; the others have those of a suite, of which that for layouts is short.
      expect(report.numPassedTests).toBeGreaterThan({ verifier: 2, layout: 3 }[role] ?? 7);
    },
    120_000,
  );

  function node(script, ...words) {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, script), ...words], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { output: stdout + stderr, status };
  }

  function link(from, to) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    symlinkSync(join(ROOT, from), join(folder, to));
  }
});
