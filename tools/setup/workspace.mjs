// What every entry point needs: the dependencies installed and the packages built, with only Node and npm.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@10.34.9';
const MINIMUM_NODE = [20, 19];

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const STAMP = join(ROOT, 'node_modules', '.riffle-installed');

/** Runs a command at the root with the terminal attached; ends this process if the command fails. */
export function run(command, args) {
  const code = tryRun(command, args);
  if (code !== 0) process.exit(code);
}

/** Runs a command at the root with the terminal attached. Returns its exit code. */
export function tryRun(command, args) {
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
    shell: process.platform === 'win32' && command === 'npx',
  });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/** The path of a tool's command, to be run by this very Node (no package manager in between). */
export function tool(packageName, command = packageName) {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'node_modules', packageName, 'package.json'), 'utf8'));
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[command];
  return join(ROOT, 'node_modules', packageName, bin);
}

export function nx(...args) {
  run(process.execPath, [tool('nx'), ...args]);
}

/** Installs what the lockfile says, unless that was already done for this very lockfile. */
export function install() {
  refuseOldNode();
  const wanted = installFingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  run('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--config.confirm-modules-purge=false']);
  writeFileSync(STAMP, wanted);
}

export function build() {
  install();
  nx('run-many', '-t', 'build', 'bundle');
}

function installFingerprint() {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', ...memberManifests()]) {
    hash.update(file).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

function memberManifests() {
  return ['packages', 'tools'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .map((name) => `${folder}/${name}/package.json`)
      .filter((file) => existsSync(join(ROOT, file)))
      .toSorted(),
  );
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  console.error(`Riffle needs Node ${MINIMUM_NODE.join('.')} or newer; this is ${process.version}.`);
  process.exit(1);
}
