import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as devkitModule from '@nx/devkit';
import { manifest } from './manifest.mjs';

const { generateFiles, names, readJson, updateJson, writeJson } = devkitModule.default ?? devkitModule;

const ROLES = ['reader', 'writer', 'shuffler', 'verifier', 'storage', 'layout'];

/** There is no suite for verifiers: what they look for differs. */
const SUITES = {
  reader: 'describeReader',
  writer: 'describeWriter',
  shuffler: 'describeShuffler',
  storage: 'describeStorage',
  layout: 'describeLayout',
};

/** What a role may import beside the contracts, as `.oxlintrc.json` has it. */
const IMPORTS = { storage: '', layout: '' };

/**
 * Makes `packages/<role>-<format>`: manifest, configuration, a toy that keeps the role's contract, the conformance suite
 * as its test, and a README. The new package builds and passes its tests.
 */
export default async function pluginGenerator(tree, { role, format }) {
  const directory = `${role}-${format}`;
  const root = `packages/${directory}`;
  if (tree.exists(`${root}/package.json`)) throw new Error(`${root} exists already`);
  if (!ROLES.includes(role)) throw new Error(`Unknown role ${role}: use one of ${ROLES.join(', ')}`);

  const substitutions = {
    role,
    format,
    directory,
    factory: names(directory).propertyName,
    extension: format.replaceAll('-', ''),
    judge:
      SUITES[role] === undefined
        ? 'the tests hold it'
        : `\`${SUITES[role]}\` of \`@riffle/testkit\` decides whether this package keeps it`,
    imports: IMPORTS[role] ?? ', `@riffle/columnar`',
  };
  writeJson(tree, `${root}/package.json`, manifest({ role, format, directory }));
  for (const source of ['common', `roles/${role}`]) {
    generateFiles(tree, fileURLToPath(new URL(`files/${source}`, import.meta.url)), root, substitutions);
  }
  updateJson(tree, 'tsconfig.json', (config) => ({
    ...config,
    references: [...(config.references ?? []), { path: `./${root}` }],
  }));

  return () => {
    const { packageManager } = readJson(tree, 'package.json');
    const run = (command, ...args) =>
      execFileSync(command, args, { cwd: tree.root, stdio: 'inherit', shell: process.platform === 'win32' });
    run('npx', '--yes', packageManager, 'install', '--no-frozen-lockfile');
    run('npx', '--no-install', 'nx', 'sync');
    run('npx', '--no-install', 'oxfmt', root, 'tsconfig.json');
    console.log(
      `\nMade ${root}. Next: replace the toy in src/${role}.ts; \`npx nx test ${directory}\` says whether it keeps the contract.`,
    );
    console.log(
      'Then pin its exports (`npx vitest run --update` in tools/package-check), and name it in docs/architecture.md and',
    );
    console.log('docs/index.md.');
  };
}
