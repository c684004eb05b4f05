import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT, must } from './processes.mjs';

const SOURCES = fileURLToPath(new URL('external/', import.meta.url));
const EXAMPLES = join(ROOT, 'tools/docs-check/examples');

/** What is compiled with the consumer's program. */
export const externalSources = readdirSync(SOURCES);

/** Puts plugins from outside into the consumer's folder: in TypeScript, and the one of the guide, in JavaScript. */
export function placeExternal(folder) {
  for (const name of externalSources) copyFileSync(join(SOURCES, name), join(folder, name));
  for (const name of ['npy-header.mjs', 'npy-reader.mjs']) copyFileSync(join(EXAMPLES, name), join(folder, name));
}

/** A job from code, then one of the command line, whose recipe names a reader by its path. */
export function runExternal(folder) {
  process.stdout.write(must(folder, process.execPath, ['job.js']));
  mkdirSync(join(folder, 'scores'));
  writeFileSync(join(folder, 'scores', '00000.npy'), npy(Float64Array.of(1.5, 2.5, -3)));
  const recipe = {
    collections: [{ name: 'scores', path: 'scores' }],
    output: 'combined',
    shards: 3,
    plugins: { readers: [{ specifier: './npy-reader.mjs', options: { column: 'score' } }] },
  };
  writeFileSync(join(folder, 'riffle.json'), JSON.stringify(recipe));
  const riffle = (...words) => must(folder, 'npx', ['--no-install', 'riffle', ...words]);
  riffle('run', 'riffle.json', '--quiet');
  const { rows } = JSON.parse(readFileSync(join(folder, 'combined/.riffle/manifest.json'), 'utf8')).plan;
  if (rows !== 3) throw new Error(`riffle run with a reader from outside gave ${rows} rows`);
  riffle('run', 'riffle.json', '--writer', 'arrow', '--compression', 'none', '--output', 'as-arrow-too', '--quiet');
  riffle('verify', 'as-arrow-too');
  console.log('external: riffle run and verify with a reader of the recipe, in JavaScript, and --writer arrow');
}

/** A NumPy file as `numpy.save` writes it. */
function npy(values) {
  const text = `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`;
  const header = `${text.padEnd(Math.ceil((11 + text.length) / 64) * 64 - 11)}\n`;
  const head = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 0, 0]);
  head.writeUInt16LE(header.length, 8);
  return Buffer.concat([head, Buffer.from(header, 'latin1'), Buffer.from(values.buffer)]);
}
