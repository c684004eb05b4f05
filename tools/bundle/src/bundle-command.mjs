import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { builtFrom } from './built-from.mjs';
import { plugins, replacements, rightAnywhere } from './replacements.mjs';

/** They read files of their own beside their modules: a worker's code, wasm. The command's package depends on them. */
const outside = [/^node:/, /^piscina$/, /^parquet-wasm(\/|$)/];

/**
 * Rewrites what our modules say by their place, and refuses what is not known to be right elsewhere.
 * @param {string} packages
 * @param {string} version
 */
export function placeModules(packages, version) {
  return {
    name: 'place-modules',
    /** @param {string} code @param {string} id */
    transform(code, id) {
      const path = relative(packages, id);
      if (path.startsWith('..') || path.includes('node_modules') || !code.includes('import.meta')) return undefined;
      if (rightAnywhere.has(path)) return undefined;
      const known = replacements[path];
      if (known === undefined)
        throw new Error(`${path} uses import.meta: say in tools/bundle what that is in the bundle.`);
      const found = code.match(new RegExp(known.from, 'g'))?.length ?? 0;
      if (found !== (known.times ?? 1)) throw new Error(`${path} has ${found} of what tools/bundle replaces there.`);
      return code.replace(known.from, known.to.replace('RIFFLE_VERSION', JSON.stringify(version)));
    },
  };
}

/**
 * Puts the built command, its workers and its plugins into `folder`. It is there whole or not at all.
 * @param {string} packages the folder of all packages, built
 * @param {string} folder
 */
export async function bundleCommand(packages, folder) {
  const partial = `${folder.replace(/[\\/]$/, '')}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const { version } = JSON.parse(readFileSync(join(packages, 'cli/package.json'), 'utf8'));
  /** @type {Set<string>} */
  const modules = new Set();
  const bundle = await rolldown({
    input: {
      bin: join(packages, 'cli/dist/bin.js'),
      worker: join(packages, 'pipeline/dist/worker.js'),
      'read-modules-in-turn': join(packages, 'pipeline/dist/pool/read-modules-in-turn.js'),
      ...Object.fromEntries(plugins.map((name) => [name, join(packages, name, 'dist/index.js')])),
    },
    platform: 'node',
    external: outside,
    plugins: [placeModules(packages, version)],
    onwarn(warning) {
      throw new Error(`The bundle would not be right: ${warning.message}`);
    },
  });
  const { output } = await bundle.write({
    dir: partial,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  });
  await bundle.close();
  for (const chunk of output) if (chunk.type === 'chunk') for (const id of chunk.moduleIds) modules.add(id);
  // CommonJS, and its imports must stay as they are; see there.
  const entry = readFileSync(join(packages, 'pipeline/dist/pool/worker-entry.cjs'), 'utf8');
  writeFileSync(
    join(partial, 'worker-entry.cjs'),
    entry.replace("import('../worker.js')", "import('./worker.js')").replace(/\n\/\/# source.*/, ''),
  );
  writeFileSync(join(partial, 'built-from.json'), JSON.stringify(builtFrom(packages, modules), undefined, 2));
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}
