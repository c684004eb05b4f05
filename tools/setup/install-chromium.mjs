// `node tools/setup/install-chromium.mjs`: Debian's chromium, by apt, for the tests that open a report in a browser. One that is there already is
// left as it is. Ends with 1, after a line that says why, where there is none and none can be installed; `--find` only looks.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** As in `packages/report/test/support/find-browser.ts`. */
function findBrowser() {
  const named = process.env['RIFFLE_CHROMIUM'];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function apt(...words) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', words, {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 600_000,
  });
}

/** Undefined if it is installed, or else why not. */
function install() {
  if (process.getuid?.() !== 0) return 'only root can install one';
  const words = ['install', '-y', '--no-install-recommends', 'chromium'];
  let result = apt(...words);
  // Lists of packages may be old or not there at all.
  if (result.status !== 0 && result.error === undefined) {
    apt('update');
    result = apt(...words);
  }
  if (result.error !== undefined) return `apt-get cannot be run (${result.error.message})`;
  return result.status === 0
    ? undefined
    : `apt-get install chromium failed: ${result.stderr.trim().split('\n').at(-1)}`;
}

const found = findBrowser();
if (found !== undefined) console.log(`The browser for the report's tests: ${found}`);
else if (process.argv.includes('--find')) console.log('There is no browser.');
else {
  const why = install();
  const installed = findBrowser();
  if (installed !== undefined) console.log(`Installed the browser for the report's tests: ${installed}`);
  else {
    console.log(
      `There is no browser, and ${why ?? 'apt installed none'}: the tests that open a report in one are skipped.`,
    );
    process.exitCode = 1;
  }
}
