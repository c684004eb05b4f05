// A release without doing it: versions, changelog and publishing as Nx would, told and not done.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { missingPackages } from './published.mjs';
import { ROOT, attempt } from './processes.mjs';

const NX = join('node_modules', '.bin', 'nx');

/**
 * Tries a release of all packages in one version. Returns what stands against it.
 *
 * @returns {readonly string[]}
 */
export function tryRelease() {
  const names = readdirSync(join(ROOT, 'packages')).map(
    (folder) => JSON.parse(readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8')).name,
  );
  const state = () => attempt(ROOT, 'git', ['status', '--porcelain']).output;
  const before = state();
  const problems = [
    ...step(['version', '0.1.0', '--first-release'], (output) =>
      names.filter((name) => !output.includes(`"name": "${name}"`)).map((name) => `${name} gets no version`),
    ),
    ...step(['changelog', '0.1.0', '--first-release'], (output) =>
      output.includes('### Changes') ? [] : ['the changelog has no changes'],
    ),
    ...step(['publish', '--first-release'], (output) =>
      missingPackages(output, names).map((name) => `${name} is not published`),
    ),
  ];
  if (state() !== before) problems.push('the release that was only to be tried changed files');
  return problems;
}

/** pnpm writes versions where packages name each other, so it is what publishes; it need not be installed. */
function step(words, problemsIn) {
  const { packageManager } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const command = [NX, 'release', ...words, '--dry-run'].join(' ');
  const { code, output } = attempt(ROOT, 'npx', ['--yes', '--package', packageManager, '-c', command]);
  if (code !== 0) return [`nx release ${words[0]} exited with ${code}:\n${output.slice(-2000)}`];
  return problemsIn(stripVTControlCharacters(output));
}
