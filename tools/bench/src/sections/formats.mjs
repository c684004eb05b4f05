import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formats } from '../formats.mjs';
import { makeData } from '../make-data.mjs';
import { measure } from '../measure.mjs';

const RUNS = 5;
const JOB = fileURLToPath(new URL('../format-job.mjs', import.meta.url));

const cases = Object.entries(formats).flatMap(([format, { workloads }]) =>
  workloads.map((workload) => ({ name: `${workload}, ${format}`, format, workload })),
);

/** Reader and writer of each format alone, in one thread, over the first 64 MiB of a workload's rows. @type {import('./index.mjs').Section} */
export const formatSection = {
  names: () => cases.map(({ name }) => name),
  measure: async (name, { runs = RUNS, scale, data, output, timeoutSeconds }) => {
    const { format, workload } = cases.find((one) => one.name === name);
    const { paths } = await makeData(workload, data, scale);
    const folder = join(output, `format-${format}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const { stdout, peakBytes } = await measure(process.execPath, [JOB, format, String(runs), folder, ...paths], {
      timeoutSeconds,
    });
    rmSync(folder, { recursive: true, force: true });
    console.error(`${name}: ${runs} runs`);
    return { workload, format, peakBytes, ...JSON.parse(stdout) };
  },
};
