// Judges what users would install, not the sources: every package is packed, looked at by publint and attw,
// then installed from its tarball into a folder outside the workspace, type-checked, run and bundled there. A release is tried last.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkConsumer } from './consumer.mjs';
import { lintTarball } from './lint-tarball.mjs';
import { ROOT, must } from './processes.mjs';
import { tryRelease } from './release.mjs';
import { shakePackages } from './tree-shaking.mjs';

const folder = mkdtempSync(join(tmpdir(), 'riffle-package-check-'));
try {
  const tarballs = pack(folder);
  const problems = tarballs.flatMap(lintTarball);
  tell(problems, `publint and attw: ${tarballs.length} tarballs are sound`);
  checkConsumer(join(folder, 'consumer'), tarballs);
  tell(await shakePackages(join(folder, 'consumer')), 'bundles hold what a program uses, and no more');
  tell(tryRelease(), 'a release of all packages was tried');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** All problems, or what is right if there are none. */
function tell(found, sound) {
  for (const problem of found) console.error(problem);
  if (found.length > 0) process.exitCode = 1;
  else console.log(sound);
}

/** Packs all packages. Returns `{ name, file }` of each tarball. */
function pack(destination) {
  const { packageManager } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  must(ROOT, 'npx', [
    '--yes',
    packageManager,
    '-r',
    '--filter',
    './packages/*',
    'pack',
    '--pack-destination',
    destination,
  ]);
  const tarballs = readdirSync(destination)
    .filter((file) => file.endsWith('.tgz'))
    .map((file) => ({
      name: file.replace(/^riffle-(.*)-\d+\.\d+\.\d+.*\.tgz$/, '@riffle/$1'),
      file: join(destination, file),
    }));
  const packages = readdirSync(join(ROOT, 'packages')).length;
  if (tarballs.length !== packages) throw new Error(`Packed ${tarballs.length} of ${packages} packages`);
  return tarballs;
}
