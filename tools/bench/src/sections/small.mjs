import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../engines/engine.mjs';
import { RIFFLE } from '../engines/riffle.mjs';
import { measure } from '../measure.mjs';

const RUNS = 15;

/** What starts anew each time: Node alone, Riffle's shortest answer, and the job of `npm start`. @type {import('./index.mjs').Section} */
export const smallSection = {
  names: () => ['small'],
  measure: async (name, { runs = RUNS, data, output, timeoutSeconds }) => {
    const sample = join(data, 'sample');
    const made = spawnSync(process.execPath, [join(ROOT, 'tools/sample/make.mjs'), '--out', sample], {
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new Error(`The sample could not be made:\n${made.stderr}`);
    const result = join(output, 'small');
    const commands = {
      node: ['-e', '0'],
      version: [RIFFLE, '--version'],
      job: [RIFFLE, 'run', join(sample, 'riffle.yaml'), '--output', result, '--quiet'],
    };
    const measured = Object.fromEntries(Object.keys(commands).map((command) => [command, []]));
    for (let run = -1; run < runs; run++)
      for (const [command, words] of Object.entries(commands)) {
        rmSync(result, { recursive: true, force: true });
        const { stdout: _said, ...taken } = await measure(process.execPath, words, { timeoutSeconds });
        // The first of each is the warm-up.
        if (run >= 0) measured[command].push(taken);
      }
    rmSync(result, { recursive: true, force: true });
    console.error(`${name}: ${runs} runs`);
    return { runs: measured };
  },
};
