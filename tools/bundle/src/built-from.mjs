import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** TypeScript's account of what `dist` was built from, with a hash of every source. It is not published. */
const account = 'dist/tsconfig.lib.tsbuildinfo';

const sha256 = (/** @type {string} */ file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/**
 * Of each package that has modules among `modules`, the sha256 of its account; and of the lockfile, for the modules of others. By paths seen
 * from the bundle.
 * @param {string} packages
 * @param {Iterable<string>} modules
 * @returns {Record<string, string>}
 */
export function builtFrom(packages, modules) {
  const names = new Set([...modules].map((id) => relative(packages, id).split(sep)[0] ?? ''));
  const own = [...names].filter((name) => /^[a-z-]+$/.test(name)).sort();
  return {
    '../../../pnpm-lock.yaml': sha256(join(packages, '../pnpm-lock.yaml')),
    ...Object.fromEntries(own.map((name) => [`../../${name}/${account}`, sha256(join(packages, name, account))])),
  };
}
