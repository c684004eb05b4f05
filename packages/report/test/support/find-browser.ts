import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A Chromium of this machine: what RIFFLE_CHROMIUM names, or one on the PATH. Undefined, with one printed line, where there is none.
 * @throws Error if there is none and RIFFLE_BROWSER is `required`, as in CI
 */
export function findBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found =
    process.env['RIFFLE_CHROMIUM'] ?? names.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
  if (found !== undefined) return found;
  const missing = 'there is no Chromium: run `node tools/setup/install-chromium.mjs`, or name one in RIFFLE_CHROMIUM.';
  if (process.env['RIFFLE_BROWSER'] === 'required') throw new Error(`The report cannot be opened: ${missing}`);
  process.stdout.write(`Skipped: the tests that open a report in a browser, since ${missing}\n`);
  return undefined;
}
