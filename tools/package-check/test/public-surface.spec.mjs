import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../processes.mjs';
import { publicSurface } from '../public-surface.mjs';

// A change here is a change for users: `npx vitest run -u` in this folder accepts it.
test.each(readdirSync(join(ROOT, 'packages')))('%s exports what it did', async (name) => {
  const surface = publicSurface(join(ROOT, 'packages', name));
  const text = Object.entries(surface)
    .map(([entry, names]) => `${entry}\n${names.map((exported) => `  ${exported}\n`).join('')}`)
    .join('');
  await expect(text).toMatchFileSnapshot(`__snapshots__/${name}.txt`);
});

function packageWith(index) {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-surface-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'src'));
  const exports = { '.': { '@riffle/source': './src/index.ts' }, './package.json': './package.json' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ exports }));
  writeFileSync(join(folder, 'src/index.ts'), index);
  return folder;
}

test('every way to export is seen', () => {
  const folder = packageWith(`
    export { b as renamed, type T } from './b.ts';
    export type { U } from './b.ts';
    export const one = 1, two = 2;
    export function three() {}
    export interface Four {}
    export default one;
  `);
  expect(publicSurface(folder)).toEqual({
    '.': ['Four (type)', 'T (type)', 'U (type)', 'default', 'one', 'renamed', 'three', 'two'],
  });
});

test('export * is refused', () => {
  expect(() => publicSurface(packageWith("export * from './b.ts';"))).toThrow('name what is public');
});
