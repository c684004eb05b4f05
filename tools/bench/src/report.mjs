import { proofCost } from './proof-cost.mjs';
import { median } from './statistics.mjs';
import { workloads } from './workloads.mjs';

const seconds = ({ median, minimum, maximum }) =>
  `${median.toFixed(1)} s (${minimum.toFixed(1)}–${maximum.toFixed(1)})`;
const megabytes = (bytes) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

/** Riffle's time over DuckDB's, of runs that followed each other. */
function ratioOf(result) {
  const { riffle, duckdb } = result.runs;
  return riffle && duckdb ? median(riffle.map((run, index) => run.seconds / duckdb[index].seconds)) : undefined;
}

/** Names as they stand in tables. */
const engineTitles = { riffle: 'riffle', duckdb: 'duckdb', counts: 'riffle, counts' };

/** The result as rows for a terminal, one for each workload and engine. */
export function terminalTable(results) {
  return results.flatMap((result) =>
    Object.entries(result.summary).map(([engine, summary]) => ({
      workload: result.workload,
      engine: engineTitles[engine],
      time: seconds(summary.seconds),
      ratio: engine === 'riffle' ? (ratioOf(result)?.toFixed(2) ?? '') : '',
      cpu: `${summary.cpuSeconds.median.toFixed(1)} s`,
      'peak RSS': megabytes(summary.peakBytes.maximum),
      read: megabytes(summary.readBytes.median),
      written: megabytes(summary.writtenBytes.median),
      output: megabytes(summary.outputBytes.median),
    })),
  );
}

const line = (cells) => `| ${cells.join(' | ')} |`;

function markdownTable(rows) {
  const columns = Object.keys(rows[0]);
  return [columns, columns.map(() => '---'), ...rows.map((row) => columns.map((column) => row[column]))]
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
export function markdown({ machine, command, riffleCommand, results }) {
  return `# Benchmarks

<!-- Made by \`${command}\`; the numbers are in benchmarks.json. Do not edit. -->

Each job reads five collections of Parquet shards, shuffles all rows globally and writes 64 even Parquet shards with snappy. Riffle and DuckDB take turns,
each as a process of its own into a fresh folder, after one warm-up run each. What both wrote is compared with the input: count of rows, and sum of a hash of each row.
Times are medians (least–largest) of whole processes; *ratio* is the median of Riffle's time over DuckDB's, pair by pair: below 1 Riffle is faster. *Peak RSS* is the largest of
all runs. *Read* and *written* are what the process asked of the operating system, files it maps into memory aside. Riffle also verifies what it wrote by reading it back and makes
it durable (fsync); DuckDB does neither.

${markdownTable(terminalTable(results))}
${proofSection(results)}
## Workloads

| workload | what | rows | input files | \`cp\` of the input |
| --- | --- | --- | --- | --- |
${results.map((result) => `| ${result.workload} | ${workloads[result.workload].title} | ${result.rows.toLocaleString('en')} | ${result.files}, ${megabytes(result.bytes)} | ${seconds(result.copy)} |`).join('\n')}

## How it was measured

- ${machine.cpus} × ${machine.cpu}, ${machine.memory} of memory, ${machine.system}; load before the start ${machine.load}
- Node ${machine.node}, DuckDB ${machine.duckdb}, Riffle ${machine.riffle}
- ${machine.date}, ${results[0].measuredRuns} measured runs of each, everything in the page cache
- this page: \`${command}\`
- Riffle: \`${riffleCommand}\`
- DuckDB, with 2 threads: \`COPY (SELECT *, (row_number() OVER () - 1) * 64 // N AS shard FROM (SELECT … FROM read_parquet(…) ORDER BY hash(filename, file_row_number, seed))) TO … (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (shard))\`,
  whole in \`tools/bench/src/duckdb-job.mjs\`
`;
}
