// Measures what each kind of work costs on the workloads that are there, and prints the constants of the cost model that follow from it beside
// those in its source: node tools/bench/calibrate.mjs [--data DIR] [--workloads LIST] [--runs 3]
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { recipeSchema } from '@riffle/core/recipe';
import { plan } from '@riffle/pipeline';
import { fitTwo } from './src/fit.mjs';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(tmpdir(), 'riffle-bench') },
    workloads: { type: 'string', default: 'tokens,audio,narrow,text,wide' },
    runs: { type: 'string', default: '3' },
  },
});

/** What each kind of work is taken to depend on. */
const unitsOf = {
  decode: ['value', 'byte'],
  permute: ['row'],
  fingerprint: ['cell', 'byte'],
  deal: ['cell', 'byte'],
  place: ['cell', 'byte'],
  encode: ['value', 'byte'],
  check: ['value', 'byte'],
  spill: ['cell', 'byte'],
};
const amountOf = { row: 'rows', cell: 'cells', value: 'values', byte: 'bytes' };
const SOURCE = fileURLToPath(new URL('../../packages/pipeline/src/planning/assumed-costs.ts', import.meta.url));

const plugin = (name) => ({ specifier: import.meta.resolve(`@riffle/${name}`) });
const plugins = {
  readers: [plugin('reader-parquet')],
  writer: plugin('writer-parquet'),
  shuffler: plugin('shuffler'),
  storage: plugin('storage-file'),
  verifier: plugin('verifier'),
};

/** The least that each kind took in some trials: what is more was other work on the machine. */
async function measureCosts(workload) {
  const folder = join(options.data, workload);
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const output = mkdtempSync(join(options.data, 'calibrate-'));
  try {
    const recipe = recipeSchema.parse({
      collections: names.map(({ name }) => ({ name, path: join(folder, name) })),
      output: join(output, 'out'),
      shards: 64,
      compression: 'snappy',
      memory: '1GB',
      workers: 1,
    });
    const settings = { plugins, availableCpus: 2, freeMemory: 2e9, baseFolder: output, trial: 'always' };
    const found = [];
    for (let run = 0; run < Number(options.runs); run++) found.push((await plan(recipe, settings)).costs);
    if (found.some(({ basis }) => basis !== 'measured')) throw new Error(`${workload}: a trial was not possible.`);
    const seconds = Object.keys(unitsOf).map((kind) => [kind, Math.min(...found.map((costs) => costs.seconds[kind]))]);
    return {
      workload,
      amounts: found[0].amounts,
      seconds: Object.fromEntries(seconds),
      diskSpeed: Math.max(...found.map((costs) => costs.diskSpeed)),
    };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** Nanoseconds for one of each unit. */
function fit(kind, measured) {
  const units = unitsOf[kind];
  const points = measured.map(({ amounts, seconds }) => ({
    x: [amounts[amountOf[units[0]]], units[1] === undefined ? 0 : amounts[amountOf[units[1]]]],
    y: seconds[kind] * 1e9,
  }));
  const costs = fitTwo(points);
  return Object.fromEntries(units.map((unit, index) => [unit, costs[index]]));
}

const rounded = (number) => Number(number.toPrecision(2));
const known = options.workloads.split(',').filter((workload) => existsSync(join(options.data, workload, 'made.json')));
const measured = [];
for (const workload of known) measured.push(await measureCosts(workload));

const source = readFileSync(SOURCE, 'utf8');
console.log('What was measured, in seconds of one core for all rows, and what the constants below make of it:');
const fitted = Object.fromEntries(Object.keys(unitsOf).map((kind) => [kind, fit(kind, measured)]));
console.table(
  Object.fromEntries(
    Object.keys(unitsOf).map((kind) => [
      kind,
      Object.fromEntries(
        measured.map(({ workload, amounts, seconds }) => {
          const model = Object.entries(fitted[kind]).reduce(
            (sum, [unit, cost]) => sum + cost * amounts[amountOf[unit]],
            0,
          );
          return [workload, `${seconds[kind].toFixed(2)} (${(model / 1e9).toFixed(2)})`];
        }),
      ),
    ]),
  ),
);
console.log('Constants in assumed-costs.ts, and as measured now:');
for (const kind of Object.keys(unitsOf)) {
  const line = source.match(new RegExp(`^  ${kind}: \\{.*\\},$`, 'm'))?.[0].trim() ?? '(not found)';
  const now = Object.entries(fitted[kind]).filter(([, cost]) => cost > 0);
  console.log(`  ${line}\n  ${kind}: { ${now.map(([unit, cost]) => `${unit}: ${rounded(cost)}`).join(', ')} },\n`);
}
console.log(
  `  disk: ${measured.map(({ workload, diskSpeed }) => `${workload} ${Math.round(diskSpeed / 1e6)} MB/s`).join(', ')}`,
);
