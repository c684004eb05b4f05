import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attempt } from './processes.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** What publint and attw find wrong with one tarball, one string per tool that complains. */
export function lintTarball({ name, file }) {
  const findings = {
    publint: runTool('publint', [file, '--strict']),
    attw: runTool('@arethetypeswrong/cli', [file, '--profile', 'esm-only', '--format', 'ascii']),
  };
  return Object.entries(findings)
    .filter(([, { code }]) => code !== 0)
    .map(([toolName, { output }]) => `${name}: ${toolName}\n${output}`);
}

function runTool(packageName, args) {
  const folder = join(HERE, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const script = typeof bin === 'string' ? bin : Object.values(bin)[0];
  return attempt(HERE, process.execPath, [join(folder, script), ...args]);
}
