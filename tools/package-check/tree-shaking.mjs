// What of a package stays in a bundle of a program that uses one thing of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** What one program uses; the files that may give code, by package and name without ending; and the most bytes, minified: what was seen, with a tenth of room. */
const PROGRAMS = [
  { uses: "{ createDeal } from '@riffle/shuffler'", files: ['shuffler/deal'], mostBytes: 370 },
  {
    uses: "{ createPermutation } from '@riffle/shuffler'",
    files: [
      ...['perm-v1', 'murmur3', 'forward-block', 'permutation-kernel', 'permutation-kernel-module'].map(
        (name) => `shuffler/${name}`,
      ),
      'core/errors',
      'core/error-codes',
    ],
    mostBytes: 6700,
  },
  { uses: "{ isShardPath } from '@riffle/core'", files: ['core/shard-path'], mostBytes: 200 },
  { uses: "{ RiffleError } from '@riffle/core'", files: ['core/errors', 'core/error-codes'], mostBytes: 3300 },
  {
    uses: "createPatternLayout from '@riffle/layout-pattern'",
    files: ['layout-pattern/pattern-layout', 'core/shard-path', 'core/errors', 'core/error-codes'],
    mostBytes: 5400,
  },
  { uses: "{ takeColumn } from '@riffle/columnar'", files: undefined, mostBytes: 5500 },
];

/**
 * Bundles small programs against the packages that are installed in a folder. Returns one problem for each that holds more than it should.
 *
 * @param {string} folder With `node_modules`.
 * @returns {Promise<readonly string[]>}
 */
export async function shakePackages(folder) {
  const problems = [];
  for (const [index, { uses, files, mostBytes }] of PROGRAMS.entries()) {
    const { bytes, found, others } = await bundleOf(folder, `shaken-${index}.js`, uses);
    const extra = files === undefined ? [] : found.filter((file) => !files.includes(file));
    if (bytes > mostBytes) problems.push(`import ${uses}: ${bytes} bytes, where ${mostBytes} are allowed`);
    if (extra.length > 0) problems.push(`import ${uses}: it brings ${extra.join(', ')}, which it does not need`);
    if (others.length > 0) problems.push(`import ${uses}: it brings ${others.join(', ')}`);
    if (found.length === 0) problems.push(`import ${uses}: nothing of it was found`);
  }
  return problems;
}

async function bundleOf(folder, name, uses) {
  const input = join(folder, name);
  writeFileSync(
    input,
    `import ${uses.replace(/^\{ (\w+) \}|^\w+/, (_, named) => (named === undefined ? 'used' : `{ ${named} as used }`))};\nconsole.log(used);\n`,
  );
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent' });
  const { output } = await bundle.generate({ minify: true });
  await bundle.close();
  const rendered = output
    .flatMap(({ modules = {} }) => Object.entries(modules))
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([id]) => id.replaceAll('\\', '/'));
  const ours = rendered.flatMap((id) => /@riffle\/([^/]+)\/dist\/(.+)\.js$/.exec(id)?.slice(1, 3).join('/') ?? []);
  const others = rendered.filter((id) => !id.includes('@riffle/') && id.includes('/node_modules/'));
  return { bytes: output.reduce((sum, { code = '' }) => sum + code.length, 0), found: ours, others };
}
