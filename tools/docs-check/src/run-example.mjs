import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A folder that resolves `@riffle/*` to the built packages. */
const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** Runs a piece of JavaScript as a module of its own, by the built packages. Returns what it wrote to stdout. */
export async function runExample(code, replacements = {}) {
  const text = Object.entries(replacements).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`The example has no ${from}.`);
    return result.replaceAll(from, to);
  }, code);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', text], {
    cwd: PROJECT,
    // Nx asks for colours, which would be part of what is compared.
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  return stdout;
}

/** Calls `use` with a new folder, which is gone afterwards. */
export async function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-docs-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes files into a folder that exists, by name. */
export function writeFiles(folder, files) {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}
