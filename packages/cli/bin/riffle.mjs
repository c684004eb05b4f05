#!/usr/bin/env node
// Committed, so that pnpm can link the command before anything is built.
import { existsSync } from 'node:fs';

const entry = new URL('../dist/bin.js', import.meta.url);

if (existsSync(entry)) {
  await import(entry.href);
} else {
  process.stderr.write(
    'riffle is not built yet. Build it with `npm start` (or `npx nx build cli`) at the workspace root.\n',
  );
  process.exitCode = 1;
}
