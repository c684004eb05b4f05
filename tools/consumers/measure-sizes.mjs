// Prints as a table how large outputs are, and how long they take: node tools/consumers/measure-sizes.mjs [--scale 1] [--workloads LIST] [--writers LIST] [--codecs LIST] [--profiles LIST]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeStored, storedSize } from './src/stored-sizes.mjs';

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    workloads: { type: 'string', default: 'tokens,audio,wav,narrow,text,repeats,ordered' },
    writers: { type: 'string', default: 'pyarrow,pyarrow-zstd,plain,datasets,duckdb,polars' },
    codecs: { type: 'string', default: 'zstd,snappy' },
    profiles: { type: 'string', default: 'balanced,smallest,fastest' },
  },
});
const settings = values.codecs
  .split(',')
  .flatMap((codec) => values.profiles.split(',').map((profile) => ({ codec, profile })));

const scratch = mkdtempSync(join(tmpdir(), 'riffle-sizes-'));
try {
  const headings = ['input', 'MB', ...settings.map(({ codec, profile }) => `${profile}, ${codec}`)];
  process.stdout.write(`| ${headings.join(' | ')} |\n|${'---|'.repeat(headings.length)}\n`);
  for (const workload of values.workloads.split(',')) {
    for (const writer of values.writers.split(',')) {
      const { folder, bytes } = await makeStored(scratch, workload, writer, Number(values.scale));
      const cells = [`${workload}, ${writer}`, (bytes / 1e6).toFixed(1)];
      for (const { codec, profile } of settings) {
        const flags = ['--shards', '2', '--compression', codec, '--profile', profile];
        const output = await storedSize(scratch, folder, ...flags);
        cells.push(`${(output.bytes / bytes).toFixed(3)} ${output.seconds.toFixed(1)} s`);
      }
      process.stdout.write(`| ${cells.join(' | ')} |\n`);
      rmSync(folder, { recursive: true });
    }
  }
} finally {
  rmSync(scratch, { recursive: true });
}
