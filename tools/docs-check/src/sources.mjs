import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT } from './pages.mjs';

/** Every source file of every package, tests left out: `{ path, text }`, paths relative to the root. */
export function packageSources() {
  return readdirSync(join(ROOT, 'packages')).flatMap((name) =>
    readdirSync(join(ROOT, 'packages', name, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: relative(ROOT, file).split(sep).join('/'), text: readFileSync(file, 'utf8') })),
  );
}

/** Codes that a source gives to the errors it makes. */
export function thrownCodes(text) {
  const made = /(?:new RiffleError\(\s*|super\(\s*|code: |code \?\? )'([A-Z][A-Z0-9_]+)'/g;
  return [...text.matchAll(made)].map((match) => match[1]);
}
