import { proofCost } from './proof-cost.mjs';
import { median } from './statistics.mjs';
import { workloads } from './workloads.mjs';

const seconds = ({ median, minimum, maximum }) =>
  `${median.toFixed(1)} s (${minimum.toFixed(1)}–${maximum.toFixed(1)})`;
const megabytes = (bytes) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

/** Riffle's time over a peer's, of runs that followed each other. */
function ratioOf({ runs: { riffle, ...others } }, peer) {
  if (!riffle || !peers.includes(peer)) return '';
  return median(others[peer].map((run, index) => riffle[index].seconds / run.seconds)).toFixed(2);
}

/** Names as they stand in tables. */
const engineTitles = { riffle: 'riffle', duckdb: 'duckdb', script: 'script', counts: 'riffle, counts' };
const peers = ['duckdb', 'script'];

/**
 * The result as rows for a terminal: one for each workload and engine, and one for each engine that could not run.
 * @param {readonly object[]} results
 * @param {Readonly<Record<string, string>>} skipped Engines, and why they could not run.
 */
export function terminalTable(results, skipped) {
  const measured = results.flatMap((result) =>
    Object.entries(result.summary).map(([engine, summary]) => ({
      workload: result.workload,
      engine: engineTitles[engine],
      runs: String(result.runs[engine].length),
      time: seconds(summary.seconds),
      ratio: ratioOf(result, engine),
      cpu: `${summary.cpuSeconds.median.toFixed(1)} s`,
      'peak memory': megabytes(summary.peakBytes.maximum),
      anonymous: megabytes(summary.peakAnonymousBytes.maximum),
      'temporary disk': megabytes(summary.temporaryBytes.maximum),
      read: megabytes(summary.readBytes.median),
      written: megabytes(summary.writtenBytes.median),
      output: megabytes(summary.outputBytes.median),
    })),
  );
  const left = Object.entries(skipped).map(([engine, reason]) => ({
    workload: 'all',
    engine: engineTitles[engine],
    time: `skipped: ${reason}`,
  }));
  return [...measured, ...left];
}

const line = (cells) => `| ${cells.join(' | ')} |`;

function markdownTable(rows) {
  const columns = Object.keys(rows[0]);
  return [columns, columns.map(() => '---'), ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map(line)
    .join('\n');
}

function proofSection(results) {
  const rows = proofCost(results);
  if (rows.length === 0) return '';
  return `
## What the proof costs

With \`--verify full\`, the default, every written shard is read back, decoded and compared by the fingerprint of its rows. With \`--verify counts\`, only metadata
is read back: *riffle, counts* above. Both take fingerprints of the rows that they read. Medians of the same runs; *ratio* is the median of full over
counts, pair by pair, of whole processes; *cpu* is the processor time of all threads. Riffle promises a ratio of at most 1.35.

${markdownTable(rows)}
`;
}

/** docs/benchmarks.md. Everything in it comes from the measurement. */
export function markdown({ machine, command, riffleCommand, results, skipped }) {
  return `# Benchmarks

<!-- Made by \`${command}\`; the numbers are in benchmarks.json. Do not edit. -->

Each job reads five collections of Parquet shards, shuffles all rows globally and writes 64 even Parquet shards with snappy. Riffle, DuckDB and the script that many have, around
Hugging Face \`datasets\`, take turns, each into a fresh folder, after one warm-up run each. What they wrote is compared with the input by DuckDB: count of rows, and sum of a hash
of each row. A peer that takes minutes on a workload runs once there, without a warm-up, and is checked then: see *runs*.

Times are medians (least–largest) of whole jobs; *ratio* is the median of Riffle's time over that peer's, pair by pair: below 1 Riffle is faster. *Peak memory* is what all
processes of the job hold together, pages that they share counted once; *anonymous* leaves out files that they map into memory, as \`datasets\` maps its cache. *Temporary disk*
is the largest size of the folder that holds what does not stay: rows that Riffle and DuckDB spill, the cache of \`datasets\`. Of these three the largest of all runs is given.
*Read* and *written* are what was asked of the operating system, mapped files aside. Riffle also verifies what it wrote by reading it back and makes it durable (fsync); its peers
do neither.

${markdownTable(terminalTable(results, skipped))}
${proofSection(results)}
## Workloads

| workload | what | rows | input files | \`cp\` of the input |
| --- | --- | --- | --- | --- |
${results.map((result) => `| ${result.workload} | ${workloads[result.workload].title} | ${result.rows.toLocaleString('en')} | ${result.files}, ${megabytes(result.bytes)} | ${seconds(result.copy)} |`).join('\n')}

## How it was measured

- ${machine.cpus} × ${machine.cpu}, ${machine.memory} of memory, ${machine.system}; load before the start ${machine.load}
- Node ${machine.node}, DuckDB ${machine.duckdb}, ${machine.python === undefined ? '' : `${machine.python}, `}Riffle ${machine.riffle}
- ${machine.date}, ${results[0].measuredRuns} measured runs of each unless *runs* says otherwise, everything in the page cache
- processor time and the memory of a single process as the kernel counts them; memory of several processes and temporary disk are looked at every 100 ms, or as often as takes a
  twentieth of the time
- this page: \`${command}\`
- Riffle: \`${riffleCommand}\`
- DuckDB, with 2 threads: \`COPY (SELECT *, (row_number() OVER () - 1) * 64 // N AS shard FROM (SELECT … FROM read_parquet(…) ORDER BY hash(filename, file_row_number, seed))) TO … (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (shard))\`,
  whole in [\`tools/bench/src/duckdb-job.mjs\`](../tools/bench/src/duckdb-job.mjs)
- the script, with 2 processes: \`load_dataset("parquet", data_dir=…)\` for each shard folder and \`to_parquet\` for each output shard in a \`Pool\`, \`concatenate_datasets\`, \`shuffle(seed)\` and
  \`shard(contiguous=True)\` between; whole in [\`tools/bench/python/script_job.py\`](../tools/bench/python/script_job.py), with the packages of [\`datasets-5.txt\`](../tools/consumers/requirements/datasets-5.txt)
`;
}
