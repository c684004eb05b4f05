// Measures Riffle beside DuckDB and the script people have: node tools/bench/bench.mjs --help
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkOutput, contentOf } from './src/check-output.mjs';
import { firstRow, openDuckDB } from './src/duckdb.mjs';
import {
  copyOnce,
  duckdb,
  riffle,
  riffleFlags,
  riffleIsBuilt,
  riffleWithCounts,
  ROOT,
  runOnce,
} from './src/engines.mjs';
import { makeData } from './src/make-data.mjs';
import { proofCost } from './src/proof-cost.mjs';
import { markdown, terminalTable } from './src/report.mjs';
import { script, versionsOf } from './src/script-peer.mjs';
import { spread, summarise } from './src/statistics.mjs';
import { workloads } from './src/workloads.mjs';

const HELP = `Usage: npm run bench -- [options]

  --workloads LIST      of ${Object.keys(workloads).join(', ')}; default: all
  --runs N              measured runs of each engine, after one warm-up; default 5. They take turns. The script
                        runs once on narrow, without a warm-up: it takes minutes
  --scale X             times the rows of each workload; default 1. Other scales do not write docs/
  --data DIR            where the inputs are made once and stay, and outputs pass through; default ${join(tmpdir(), 'riffle-bench')}
  --keep                keep each engine's last output there, to look at
  --only LIST           of riffle, counts (riffle with --verify counts), duckdb, script; does not write docs/
  --python PATH         a Python with Hugging Face datasets for the script; default the one that
                        node tools/consumers/install-python.mjs installs. Without one the script is skipped.
                        Does not write docs/
  --riffle-args "FLAGS" more flags for riffle run, or others in place of the defaults
  --output DIR          where benchmarks.md and .json go; default docs, if all of it was measured
`;

const { values: options } = parseArgs({
  options: {
    workloads: { type: 'string', default: Object.keys(workloads).join(',') },
    runs: { type: 'string', default: '5' },
    scale: { type: 'string', default: '1' },
    data: { type: 'string' },
    keep: { type: 'boolean', default: false },
    only: { type: 'string' },
    python: { type: 'string' },
    'riffle-args': { type: 'string', default: '' },
    output: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const names = options.workloads.split(',');
const runs = Number(options.runs);
const scale = Number(options.scale);
const extraFlags = options['riffle-args'].split(/\s+/).filter(Boolean);
const allEngines = [riffle(extraFlags), riffleWithCounts(extraFlags), duckdb, script(options.python)];
const wanted = options.only?.split(',') ?? allEngines.map((engine) => engine.name);
const chosen = allEngines.filter((engine) => wanted.includes(engine.name));
/** Why engines cannot run on this machine, by their names. */
const skipped = Object.fromEntries(
  chosen.map(({ name, whatIsMissing }) => [name, whatIsMissing?.()]).filter(([, reason]) => reason !== undefined),
);
const engines = chosen.filter(({ name }) => !(name in skipped));
const unknown = names.find((name) => !(name in workloads));
if (unknown !== undefined) fail(`There is no workload "${unknown}".`);
if (!Number.isInteger(runs) || runs < 1) fail('--runs must be a whole number of at least 1.');
if (!(scale > 0)) fail('--scale must be a number above 0.');
if (chosen.length !== wanted.length) fail('--only must list some of riffle, counts, duckdb and script.');
if (engines.length === 0) fail(`Nothing can be measured. ${Object.values(skipped).join(' ')}`);
if (engines.some(({ name }) => name === 'riffle' || name === 'counts') && !riffleIsBuilt())
  fail('Riffle is not built: run `npm run bench`, or measure `--only duckdb`.');

// Absolute, since each job has a working folder of its own.
const dataFolder = resolve(options.data ?? join(tmpdir(), 'riffle-bench'));
const load = loadavg()[0].toFixed(1);
const results = [];
for (const name of names) results.push(await measureWorkload(name));

console.table(terminalTable(results, skipped));
const proof = proofCost(results);
if (proof.length > 0) console.table(proof);
const complete =
  options.only === undefined &&
  options.python === undefined &&
  scale === 1 &&
  extraFlags.length === 0 &&
  names.length === Object.keys(workloads).length;
const folder = options.output ?? (complete ? join(ROOT, 'docs') : undefined);
if (folder !== undefined) {
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ').replace(/ --$/, '');
  const riffleCommand = `riffle run --input NAME=PATH … --output DIR ${riffleFlags.join(' ')} --temp-dir DIR --json`;
  const document = { machine: await describeMachine(), command, riffleCommand, skipped, results };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'benchmarks.json'), `${JSON.stringify(document, null, 2)}\n`);
  writeFileSync(join(folder, 'benchmarks.md'), markdown(document));
  console.log(`Written: ${join(folder, 'benchmarks.md')}`);
}
console.log(`The inputs stay in ${dataFolder}.`);

async function measureWorkload(name) {
  console.error(`${name}: making the input, unless it is there`);
  const dataset = await makeData(name, dataFolder, scale);
  const input = contentOf(dataset.glob);
  const output = (engine) => join(dataFolder, 'output', `${name}-${engine.name}`);
  const check = (glob) => checkOutput(input, glob);
  const runsOf = (engine) => Math.min(runs, engine.mostRuns?.[name] ?? runs);
  const warmsUp = (engine) => engine.mostRuns?.[name] === undefined;
  for (const engine of engines.filter(warmsUp)) {
    const warmUp = await runOnce(engine, dataset, output(engine), { check });
    console.error(`${name}: ${engine.name} warm-up ${warmUp.seconds.toFixed(2)} s, output right`);
  }
  const measured = Object.fromEntries(engines.map((engine) => [engine.name, []]));
  const copies = [];
  for (let run = 0; run < runs; run++) {
    copies.push(copyOnce(dataset, output({ name: 'copy' })));
    // In turns, and every other time backwards, so that what drifts on the machine does not favour one of them.
    const inTurn = engines.filter((engine) => run < runsOf(engine));
    for (const engine of run % 2 === 0 ? inTurn : inTurn.toReversed()) {
      const how = { keep: options.keep, check: warmsUp(engine) ? undefined : check };
      measured[engine.name].push(await runOnce(engine, dataset, output(engine), how));
    }
    console.error(
      `${name}: run ${run + 1} of ${runs}: ${inTurn.map((engine) => `${engine.name} ${measured[engine.name].at(-1).seconds.toFixed(2)} s${warmsUp(engine) ? '' : ', output right'}`).join(', ')}`,
    );
  }
  const summary = Object.fromEntries(Object.entries(measured).map(([engine, list]) => [engine, summarise(list)]));
  return {
    workload: name,
    rows: dataset.rows,
    files: dataset.files,
    bytes: dataset.bytes,
    measuredRuns: runs,
    copy: spread(copies),
    summary,
    runs: measured,
  };
}

async function describeMachine() {
  const connection = await openDuckDB();
  const { version } = await firstRow(connection, 'SELECT version() AS version');
  connection.closeSync();
  return {
    cpus: cpus().length,
    cpu: cpus()[0].model.trim(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    load,
    node: process.version,
    duckdb: version,
    python: engines.some((engine) => engine.name === 'script') ? versionsOf(options.python) : undefined,
    riffle: `${JSON.parse(readFileSync(join(ROOT, 'packages/cli/package.json'), 'utf8')).version}${commit()}`,
    date: new Date().toISOString().slice(0, 10),
  };
}

function commit() {
  try {
    return ` (commit ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim()})`;
  } catch {
    return '';
  }
}

function fail(message) {
  console.error(`${message}\n\n${HELP}`);
  process.exit(2);
}
