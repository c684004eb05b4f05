#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { ForeignPathError, makeSample } from './src/sample.mjs';
import { summarise } from './src/summary.mjs';

const HELP = `Makes a small, real, reproducible speech data set to try Riffle on.

  node tools/sample/make.mjs --out DIR [--force]

  --out DIR   the folder to make it in
  --force     make it again, even if it is there and whole
  --help      this text
`;

const FAILED = 1;
const BAD_USAGE = 2;

const { out, force, help } = readArguments();
if (help) {
  process.stdout.write(HELP);
} else if (!out) {
  fail(BAD_USAGE, `--out DIR is missing.\n\n${HELP}`);
} else {
  await make(out, force);
}

/**
 * @param {string} folder
 * @param {boolean} again
 */
async function make(folder, again) {
  const start = performance.now();
  try {
    const { description, fresh } = await makeSample({ out: folder, force: again });
    process.stdout.write(summarise(folder, description, fresh, (performance.now() - start) / 1000));
  } catch (error) {
    if (!(error instanceof ForeignPathError)) throw error;
    fail(FAILED, error.message);
  }
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        out: { type: 'string' },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    // What parseArgs throws says which argument is wrong.
    return fail(BAD_USAGE, `${/** @type {Error} */ (error).message}\n\n${HELP}`);
  }
}

/**
 * @param {number} status
 * @param {string} message
 * @returns {never}
 */
function fail(status, message) {
  process.stderr.write(`${message}\n`);
  process.exit(status);
}
