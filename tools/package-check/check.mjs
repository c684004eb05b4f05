// Judges what users would install, not the sources: every package is packed, looked at by publint and attw,
// then installed from its tarball into a folder outside the workspace, type-checked and run there.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkConsumer } from './consumer.mjs';
import { lintTarball } from './lint-tarball.mjs';
import { ROOT, must } from './processes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'riffle-package-check-'));
try {
  const tarballs = pack(folder);
  const problems = tarballs.flatMap(lintTarball);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`publint and attw: ${tarballs.length} tarballs are sound`);
  checkConsumer(join(folder, 'consumer'), tarballs);
} finally {
  rmSync(folder, { recursive: true, force: true });
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
