import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { areRequired, placesOf, whatIsMissing } from '@riffle/tool-consumers/environments';
import { ROOT } from '../pages.mjs';
import { HOME } from './volatile.mjs';

/** What a reader has at the root of a clone, and examples use. */
const LINKED = ['docs', 'node_modules', 'packages', 'tools', 'package.json', 'README.md'];

/** The sample, made once for all pages and machines' lives: it checks itself. Git ignores it. */
const SAMPLE = join(ROOT, 'node_modules', '.cache', 'riffle-docs', 'data');

const PYTHON = 'datasets-5';

/** As typed, but for two commands that would look for something outside of the workspace or build it, and one Python of many. */
const SHELL = `
npx() { if [ "$1" = riffle ]; then shift; "$NODE" packages/cli/bin/riffle.mjs "$@"; else echo "npx $1 is not for examples" >&2; return 127; fi; }
npm() { if [ "$1" = start ]; then "$NODE" tools/setup/sample-job.mjs; else echo "npm $1 is not for examples" >&2; return 127; fi; }
node() { "$NODE" "$@"; }
python() { "$PYTHON" "$@"; }
`;

/**
 * A folder that looks like the root of a clone in which `npm start` was run before or not (the sample is there, its result is not).
 * Remove it by `remove`.
 */
export async function makeWorld() {
  mkdirSync(dirname(SAMPLE), { recursive: true });
  const made = await execute(process.execPath, [join(ROOT, 'tools/sample/make.mjs'), '--out', SAMPLE], { cwd: ROOT });
  if (made.status !== 0) throw new Error(`The sample could not be made:\n${made.output}`);
  // By its real path: programs tell that one.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'riffle-examples-')));
  for (const name of LINKED) symlinkSync(join(ROOT, name), join(folder, name));
  cpSync(SAMPLE, join(folder, 'data'), { recursive: true });
  const environment = {
    ...process.env,
    NODE: process.execPath,
    PYTHON: placesOf(PYTHON).interpreter,
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    COLUMNS: '100',
    NODE_OPTIONS: undefined,
    PYTHONDONTWRITEBYTECODE: '1',
    HF_HOME: join(folder, '.huggingface'),
    HF_HUB_OFFLINE: '1',
    HF_DATASETS_DISABLE_PROGRESS_BARS: '1',
  };
  const readable = (text) => text.replaceAll(folder, HOME);
  return {
    folder,
    /** Status and output of commands, stdout and stderr as they come. */
    async shell(code) {
      const script = `${SHELL}${code}`;
      const { status, output } = await execute('sh', ['-ec', script], { cwd: folder, env: environment });
      return { status, output: readable(output) };
    },
    /** The same of a Python program, or undefined where there is no Python with `datasets` and none is required. */
    async python(code) {
      const missing = whatIsMissing([PYTHON]);
      if (missing !== undefined && !areRequired()) return undefined;
      if (missing !== undefined) throw new Error(missing);
      const { status, output } = await execute(environment.PYTHON, ['-c', code], { cwd: folder, env: environment });
      return { status, output: readable(output) };
    },
    write(name, content) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      if (existsSync(join(folder, name)) && LINKED.includes(name.split('/')[0]))
        throw new Error(`${name} is not for examples to write`);
      writeFileSync(join(folder, name), content);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** stdout and stderr in one pipe, so that lines stand in the order in which they were written. */
function execute(program, words, options) {
  return new Promise((done, fail) => {
    const child = spawn('sh', ['-c', 'exec "$0" "$@" 2>&1', program, ...words], {
      ...options,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (part) => (output += part));
    child.on('error', fail).on('close', (status) => done({ status, output }));
  });
}
