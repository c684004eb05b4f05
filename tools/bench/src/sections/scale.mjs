import { alternate } from '../alternate.mjs';
import { planOf, planWords } from '../engines/plan.mjs';
import { bytesOf, riffle, riffleFlags } from '../engines/riffle.mjs';
import { makeData } from '../make-data.mjs';
import { measure } from '../measure.mjs';

/**
 * Jobs of growing size. `scale` is times the rows of the workload, `shards` the shards of the output, if not the usual number.
 * Those with the same `series` are a line of the plots.
 */
const jobs = [
  { name: 'narrow, 10^5 rows', series: 'narrow', workload: 'narrow', scale: 0.01, runs: 5 },
  { name: 'narrow, 10^6 rows', series: 'narrow', workload: 'narrow', scale: 0.1, runs: 5 },
  { name: 'narrow, 10^7 rows', series: 'narrow', workload: 'narrow', scale: 1, runs: 3 },
  { name: 'narrow, 10^8 rows', series: 'narrow', workload: 'narrow', scale: 10, runs: 1 },
  { name: 'narrow, 10^8 rows, 400MB', workload: 'narrow', scale: 10, memory: '400MB', runs: 1 },
  { name: 'audio, 0.1 GB', series: 'audio', workload: 'audio', scale: 0.1, runs: 5 },
  { name: 'audio, 0.5 GB', series: 'audio', workload: 'audio', scale: 0.5, runs: 3 },
  { name: 'audio, 1 GB', series: 'audio', workload: 'audio', scale: 1, runs: 3 },
  { name: 'audio, 10 GB', series: 'audio', workload: 'audio', scale: 10, runs: 1 },
  { name: 'audio, 20 GB', series: 'audio', workload: 'audio', scale: 20, runs: 1, large: true },
  { name: '10,000 files to 10,000 shards', workload: 'tiny', scale: 0.5, shards: 10_000, runs: 1 },
  { name: 'plan of 20,000 files', workload: 'tiny', scale: 1, planOnly: true, runs: 3 },
];
/** Which job of more data than the budget is compared with which that fits. */
export const beyondTheBudget = [
  { large: 'audio, 10 GB', fits: 'audio, 0.5 GB' },
  { large: 'audio, 20 GB', fits: 'audio, 0.5 GB' },
  { large: 'narrow, 10^8 rows, 400MB', fits: 'narrow, 10^7 rows' },
];

/** How time and memory grow with the data. @type {import('./index.mjs').Section} */
export const scaleSection = {
  names: ({ large }) => jobs.filter((job) => large || !job.large).map(({ name }) => name),
  measure: async (name, { runs, scale: times, data, output, keep, timeoutSeconds }) => {
    const job = jobs.find((one) => one.name === name);
    const { series, workload, scale, memory = '1GB', shards, planOnly, runs: most } = job;
    const dataset = await makeData(workload, data, scale * times);
    const flags = ['--memory', memory, ...(shards ? ['--shards', String(Math.min(shards, dataset.files))] : [])];
    const plan = planOf(dataset, output, [...riffleFlags, ...flags]);
    if (!plan.ok) throw new Error(`riffle plan failed on ${name}: ${plan.error.message}`);
    const how = { label: name, runs: runs ?? most, folder: output, warmUp: false, keep, timeoutSeconds };
    const measured = planOnly
      ? { runs: { plan: await planAlone(dataset, how, [...riffleFlags, ...flags]) }, failures: {} }
      : await alternate([riffle(flags)], dataset, how);
    return {
      series,
      workload,
      rows: dataset.rows,
      files: dataset.files,
      shards: plan.shards,
      bytes: dataset.bytes,
      decodedBytes: plan.estimatedDecodedBytes,
      budgetBytes: bytesOf(memory),
      strategy: plan.strategy,
      ...measured,
    };
  },
};

async function planAlone(dataset, { label, runs, folder, timeoutSeconds }, flags) {
  const measured = [];
  for (let run = 0; run < runs; run++) {
    const { stdout: _plan, ...taken } = await measure(process.execPath, planWords(dataset, folder, flags), {
      timeoutSeconds,
    });
    measured.push(taken);
    console.error(`${label}: run ${run + 1} of ${runs}: ${taken.seconds.toFixed(2)} s`);
  }
  return measured;
}
