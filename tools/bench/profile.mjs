// Runs Riffle once on a workload with a CPU profile of every thread, and prints where the time went, by function and by what it is for:
// node tools/bench/profile.mjs WORKLOAD [--scale 1] [--data DIR] [--riffle-args "FLAGS"] [--top 25]
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readProfiles, selfTimes } from './src/cpu-profiles.mjs';
import { riffle } from './src/engines/riffle.mjs';
import { makeData } from './src/make-data.mjs';
import { groupTimes } from './src/profile-groups.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: 'string', default: '1' },
    data: { type: 'string', default: join(tmpdir(), 'riffle-bench') },
    'riffle-args': { type: 'string', default: '' },
    top: { type: 'string', default: '25' },
  },
});

const workload = positionals[0] ?? 'tokens';
const dataset = await makeData(workload, options.data, Number(options.scale));
const profiles = join(options.data, 'profiles', workload);
const output = join(options.data, 'output', `${workload}-profile`);
const temporaryFolder = `${output}.tmp`;
for (const folder of [profiles, output, temporaryFolder]) rmSync(folder, { recursive: true, force: true });
for (const folder of [profiles, temporaryFolder]) mkdirSync(folder, { recursive: true });

const extraFlags = options['riffle-args'].split(/\s+/).filter(Boolean);
const started = Date.now();
const { status } = spawnSync(
  process.execPath,
  ['--cpu-prof', `--cpu-prof-dir=${profiles}`, ...riffle(extraFlags).command(dataset, output, temporaryFolder).args],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
  },
);
console.log(`${workload}: ${((Date.now() - started) / 1000).toFixed(2)} s with profiling on, status ${status}`);
for (const folder of [output, temporaryFolder]) rmSync(folder, { recursive: true, force: true });

for (const [kind, { threads, seconds, functions }] of Object.entries(selfTimes(profiles))) {
  console.log(`\n${kind}: ${threads} thread${threads === 1 ? '' : 's'}, ${seconds.toFixed(2)} s busy`);
  for (const entry of functions.slice(0, Number(options.top))) {
    console.log(
      `${entry.seconds.toFixed(2).padStart(8)} s ${((100 * entry.seconds) / seconds).toFixed(1).padStart(5)} %  ${entry.function}`,
    );
  }
}
console.log('\nWorkers, by what they do:');
const grouped = groupTimes(readProfiles(profiles, 'workers'));
const total = grouped.reduce((sum, [, seconds]) => sum + seconds, 0);
for (const [group, seconds] of grouped)
  console.log(`${seconds.toFixed(2).padStart(8)} s ${((100 * seconds) / total).toFixed(0).padStart(3)} %  ${group}`);
console.log(`\nProfiles for Chrome's DevTools: ${profiles}`);
