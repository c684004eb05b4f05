import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as devkitModule from '@nx/devkit';
import { manifest } from './manifest.mjs';

const { generateFiles, names, readJson, updateJson, writeJson } = devkitModule.default ?? devkitModule;

const ROLES = ['reader', 'writer', 'shuffler', 'verifier', 'storage'];

/**
 * Makes `packages/<role>-<format>`: manifest, configuration, a factory that satisfies the role's contract but does
 * nothing yet, the conformance suite as its test, and a README.
 */
export default async function pluginGenerator(tree, { role, format }) {
  const directory = `${role}-${format}`;
  const root = `packages/${directory}`;
  if (tree.exists(`${root}/package.json`)) throw new Error(`${root} exists already`);
  if (!ROLES.includes(role)) throw new Error(`Unknown role ${role}: use one of ${ROLES.join(', ')}`);

  const substitutions = { role, format, directory, factory: names(directory).propertyName };
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
    console.log(`\nMade ${root}. Next: fill in src/${role}.ts until \`npx nx test ${directory}\` passes.`);
    console.log('Then pin its exports: `npx vitest run --update` in tools/package-check.');
  };
}
