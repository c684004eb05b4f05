import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './engines/engine.mjs';
import { allEngines } from './engines/index.mjs';
import { sections } from './sections/index.mjs';
import { workloads } from './workloads/index.mjs';

const engineNames = allEngines([], undefined).map(({ name }) => name);

const HELP = `Usage: npm run bench -- [options]

  --sections LIST       of ${Object.keys(sections).join(', ')}; default: all, or workloads if
                        --workloads or --only is given. The page is made from what was measured last of each
  --workloads LIST      of ${Object.keys(workloads).join(', ')}; default: all. Of the sections
                        workloads and strategies only these are measured
  --runs N              measured runs of each; default as the sections say, 5 for most workloads
  --only LIST           of ${engineNames.join(', ')};
                        in the section workloads. Does not write docs/
  --scale X             times the rows of everything; default 1. Other scales do not write docs/
  --large               also 20 GB of audio in the section scale: needs 70 GB of disk
  --timeout SECONDS     what takes longer is ended, and said so; default 600
  --data DIR            where the inputs are made once and stay, and outputs pass through; default ${join(tmpdir(), 'riffle-bench')}
  --keep                keep each engine's last output there, to look at
  --python PATH         a Python with Hugging Face datasets and Polars; default the one that
                        node tools/consumers/install-python.mjs installs. Without one, those two are left out.
                        Does not write docs/
  --riffle-args="FLAGS" more flags for riffle run in the section workloads, or others in place of the defaults.
                        Does not write docs/
  --report              measure nothing, make the page anew
  --output DIR          where benchmarks.md and benchmarks/ go; default docs, if all of it was measured
`;

/**
 * What the command line asks for.
 * @param {readonly string[]} words
 * @throws Error with `exitCode` and the text to print, if it asks for help or cannot be understood.
 */
export function readSettings(words) {
  const { values } = parse(words);
  if (values.help) throw leave(HELP, 0);
  const list = (text) => text?.split(',');
  const number = (text) => (text === undefined ? undefined : Number(text));
  const settings = {
    // Whoever names workloads or engines wants to see them beside each other.
    sections: list(values.sections) ?? ((values.workloads ?? values.only) ? ['workloads'] : Object.keys(sections)),
    workloads: list(values.workloads) ?? Object.keys(workloads),
    runs: number(values.runs),
    only: list(values.only),
    scale: number(values.scale),
    large: values.large,
    timeoutSeconds: number(values.timeout),
    // Absolute, since each job has a working folder of its own.
    data: resolve(values.data),
    output: resolve(values.data, 'output'),
    keep: values.keep,
    python: values.python,
    riffleArgs: values['riffle-args'].split(/\s+/).filter(Boolean),
    reportOnly: values.report,
    command: ['npm run bench --', ...words].join(' ').replace(/ --$/, ''),
  };
  const problem = problemOf(settings);
  if (problem !== undefined) throw leave(`${problem}\n\n${HELP}`, 2);
  const usual = settings.scale === 1 && settings.riffleArgs.length === 0 && !settings.only && !settings.python;
  return {
    ...settings,
    docs: values.output === undefined ? (usual ? join(ROOT, 'docs') : undefined) : resolve(values.output),
  };
}

function parse(words) {
  const text = (value) => ({ type: 'string', ...(value === undefined ? {} : { default: value }) });
  const flag = { type: 'boolean', default: false };
  try {
    return parseArgs({
      args: [...words],
      options: {
        sections: text(),
        workloads: text(),
        runs: text(),
        only: text(),
        scale: text('1'),
        large: flag,
        timeout: text('600'),
        data: text(join(tmpdir(), 'riffle-bench')),
        keep: flag,
        python: text(),
        'riffle-args': text(''),
        report: flag,
        output: text(),
        help: flag,
      },
    });
  } catch (error) {
    throw leave(`${error.message}\n\n${HELP}`, 2);
  }
}

function problemOf({ sections: chosen, workloads: named, runs, only, scale, timeoutSeconds }) {
  const unknown = (names, known) => names?.find((name) => !known.includes(name));
  const section = unknown(chosen, Object.keys(sections));
  const workload = unknown(named, Object.keys(workloads));
  if (section !== undefined) return `There is no section "${section}".`;
  if (workload !== undefined) return `There is no workload "${workload}".`;
  if (unknown(only, engineNames) !== undefined) return `--only must list some of ${engineNames.join(', ')}.`;
  if (runs !== undefined && (!Number.isInteger(runs) || runs < 1))
    return '--runs must be a whole number of at least 1.';
  if (!(scale > 0)) return '--scale must be a number above 0.';
  if (!(timeoutSeconds > 0)) return '--timeout must be a number above 0.';
  return undefined;
}

/** An end that is no fault of the program: `text` is all that is printed. */
function leave(text, exitCode) {
  return Object.assign(new Error(text), { exitCode });
}
