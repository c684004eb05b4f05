// Disturbs a small job at every file-system call, goes on, and compares the bytes: node tools/kill-loop/kill-loop.mjs --help
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { choosePoints } from './src/choose-points.mjs';
import { faultKinds } from './src/faults.mjs';
import { variants } from './src/make-job.mjs';
import { makeWorld } from './src/make-world.mjs';
import { renderPage } from './src/render-page.mjs';
import { tryPoint } from './src/try-point.mjs';

const help = `Usage: node tools/kill-loop/kill-loop.mjs [options]
  --minutes N       start no point after so many minutes
  --variants LIST   of ${variants.join(',')}; default all
  --faults LIST     of ${faultKinds.map(({ name }) => name).join(',')}; default all
  --every N         every N-th call only; default 1
  --sample N        so many points only, drawn by the seed
  --seed N          default 1
  --at-once N       processes; default 2
  --recovery WORD   resume (default), or overwrite: start afresh instead
  --records FILE    one JSON line for each point; points that are in it are not tried again
  --write           write docs/reference/kill-loop.md from the records
`;
const { values } = parseArgs({
  options: {
    variants: { type: 'string', default: variants.join(',') },
    faults: { type: 'string', default: faultKinds.map(({ name }) => name).join(',') },
    every: { type: 'string', default: '1' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '2' },
    recovery: { type: 'string', default: 'resume' },
    records: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(help);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'riffle-kill-loop-'));
const kinds = faultKinds.filter(({ name }) => values.faults.split(',').includes(name));
const { worlds, close } = await makeWorld(folder, values.variants.split(','), values.recovery);
const nameOf = ({ variant, kind, number, seed }) => [variant, kind.name ?? kind, number, seed].join(' ');
const known = values.records === undefined ? [] : readRecords(values.records);
const done = new Set(known.map(({ point }) => nameOf(point)));
const choice = { seed: Number(values.seed), every: Number(values.every) };
const all = choosePoints(worlds, faultKinds, { seed: 1 }).length;
const points = choosePoints(worlds, kinds, {
  ...choice,
  ...(values.sample === undefined ? {} : { sample: Number(values.sample) }),
}).filter((point) => !done.has(nameOf(point)));
const start = performance.now();
const records = [...known];
let next = 0;
let bad = 0;

async function lane() {
  while (next < points.length && performance.now() - start < 60_000 * Number(values.minutes)) {
    const point = points[next++];
    const tried = await tryPoint(point, worlds.get(point.variant));
    const record = { ...tried, point: { ...point, kind: point.kind.name } };
    records.push(record);
    if (values.records !== undefined) appendFileSync(values.records, `${JSON.stringify(record)}\n`);
    if (tried.problems.length > 0) {
      bad++;
      process.stdout.write(`${nameOf(point)}:\n${tried.problems.map((problem) => `  ${problem}\n`).join('')}`);
    }
    if (records.length % 50 === 0) tell();
  }
}

function tell() {
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  process.stderr.write(`${records.length - known.length} of ${points.length} points, ${bad} bad, ${seconds} s\n`);
}

function readRecords(file) {
  mkdirSync(join(file, '..'), { recursive: true });
  appendFileSync(file, '');
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

await Promise.all(Array.from({ length: Number(values['at-once']) }, lane));
close();
tell();
if (values.write) {
  const page = fileURLToPath(new URL('../../docs/reference/kill-loop.md', import.meta.url));
  writeFileSync(page, renderPage(records, { points: all }));
}
if (bad === 0) rmSync(folder, { recursive: true });
else process.stdout.write(`What the bad points left is in ${folder}\n`);
process.exitCode = bad === 0 ? 0 : 1;
