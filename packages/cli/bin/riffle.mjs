#!/usr/bin/env node
// Committed, so that pnpm can link the command before anything is built.
import { existsSync } from 'node:fs';
import { isFresh } from './is-fresh.mjs';

const bundle = new URL('../bundle/', import.meta.url);
// What the bundle is made from: hundreds of modules, which take longer to read than a small job to do.
const built = new URL('../dist/bin.js', import.meta.url);

if (isFresh(bundle)) {
  await import(new URL('bin.js', bundle).href);
} else if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write(
    'riffle is not built yet. Build it with `npm start` (or `npx nx build cli`) at the workspace root.\n',
  );
  process.exitCode = 1;
}
