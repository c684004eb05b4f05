import { riffleFlags } from '../engines/riffle.mjs';
import { workloads as made } from '../workloads/index.mjs';
import { aimsTable } from './aims.mjs';
import { conditionsList } from './conditions-list.mjs';
import { formatTable } from './format-table.mjs';
import { count, markdownTable, megabytes } from './format.mjs';
import { proofCost } from './proof-cost.mjs';
import { beyondTable, scaleTable } from './scale-table.mjs';
import { smallTable } from './small-table.mjs';
import { strategyTable } from './strategy-table.mjs';
import { workloadTable } from './workload-table.mjs';

/**
 * docs/benchmarks.md. Everything in it comes from the measurement.
 * @param {Record<string, object[]>} results By section.
 * @param {Record<string, import('../plots/index.mjs').Picture>} pictures By file name.
 */
export function markdown(results, pictures) {
  const parts = [
    intro,
    aims(results.workloads),
    workloads(results.workloads, pictures),
    proof(results.workloads),
    strategies(results.strategies),
    scale(results.scale, pictures),
    small(results.small),
    formats(results.formats),
    inputs(results.workloads),
    how(results),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

const intro = `# Benchmarks

<!-- Made by \`npm run bench\`; the numbers are in benchmarks/*.json. Do not edit: \`npm run bench -- --report\` makes it anew. -->

Each job reads five collections of Parquet shards, shuffles all rows globally and writes 64 even Parquet shards with snappy. Riffle keeps to \`--memory 1GB\`; its peers may use all
memory. Riffle also verifies what it wrote by reading it back and makes it durable (fsync); its peers do neither.
`;

function aims(results) {
  const rows = aimsTable(results);
  if (rows.length === 0) return '';
  return `## Aims

Riffle's time over that of another, the median of the ratios turn by turn: below 1 Riffle is faster. The aims hold for the full proof, the default; *with counts* is \`--verify counts\`.

${markdownTable(rows)}
`;
}

function workloads(results, { ratios }) {
  if (results.length === 0) return '';
  return `## Workloads

${picture(ratios, 'ratios')}The engines take turns, each into a fresh folder, after one warm-up run each. What they wrote is compared with the input by DuckDB: names and types of columns, count of rows, sum of a
hash of each row. What takes minutes on a workload, and Riffle with other numbers of workers, runs fewer times there, without a warm-up, and is checked in the first run: see *runs*.
*transcode* is Riffle's own reader and writer with no shuffle and no proof, file by file; \`cp\` reads and writes the input's bytes.

Times are medians (least–largest) of whole jobs; *ratio* is the median of Riffle's time over that row's, turn by turn. *Peak memory* is what all processes of the job hold together,
pages that they share counted once; *over budget* is how far that lies from the budget, of which Riffle promises at most +250 MiB for its default workers; *anonymous* leaves out files
that they map into memory, as \`datasets\` maps its cache. *Temporary disk* is the largest size of the folder that holds what does not stay: rows that Riffle and DuckDB spill, the
cache of \`datasets\`. Of these the largest of all runs is given. *Read* and *written* are what was asked of the operating system, mapped files aside.

${markdownTable(workloadTable(results))}
`;
}

function proof(results) {
  const rows = proofCost(results);
  if (rows.length === 0) return '';
  return `### What the proof costs

With \`--verify full\`, the default, every written shard is read back, decoded and compared by the fingerprint of its rows. With \`--verify counts\`, only metadata
is read back: *riffle, counts* above. Both take fingerprints of the rows that they read. Medians of the same runs; *ratio* is the median of full over
counts, turn by turn, of whole processes; *cpu* is the processor time of all threads. Riffle promises a ratio of at most 1.35.

${markdownTable(rows)}
`;
}

function strategies(results) {
  if (results.length === 0) return '';
  return `## Strategies

Where rows wait for their shard: in memory, on disk, or in the input, which is then read several times. Riffle chooses by itself (\`--strategy auto\`); here each strategy that the budget
allows was forced, in turns, and *chosen over best* is the time of the one that Riffle chooses over that of the fastest: 1.00 if they are the same, and at most 1.10 by the aim.

${markdownTable(strategyTable(results))}
`;
}

function scale(results, { rows, gigabytes, memory }) {
  if (results.length === 0) return '';
  const beyond = beyondTable(results);
  return `## Scale

${picture(rows, 'rows')}${picture(gigabytes, 'gigabytes')}${picture(memory, 'memory')}The same rows as above, fewer and more of them; outputs are checked as above. The start of Node and of Riffle's workers is part of a job's time, and most of it in the smallest ones.

${markdownTable(scaleTable(results))}
${
  beyond.length === 0
    ? ''
    : `
Data of several times the budget beside data that fits into it:

${markdownTable(beyond)}
`
}`;
}

function small(results) {
  if (results.length === 0) return '';
  return `## Small jobs

Whole processes, in turns; the difference to Node's own start is taken turn by turn.

${markdownTable(smallTable(results))}
`;
}

function formats(results) {
  if (results.length === 0) return '';
  return `## Formats alone

The reader and the writer of each format in one thread, without a job around them: the first 64 MiB (as Arrow data) of a workload's rows are written to one file in the page cache, uncompressed
and untuned, and read back in batches of 4 MiB, after a warm-up. Medians of ${results[0].seconds.read.length} runs, in bytes of Arrow data a second; where a format
has no writer, DuckDB made the file. Reading includes what the survey of a job does: formats that do not say how many rows they hold are read twice.

${markdownTable(formatTable(results))}
`;
}

function inputs(results) {
  if (results.length === 0) return '';
  const rows = results.map(({ name, rows, files, bytes }) => ({
    workload: name,
    what: made[name].title.replace(`${name}: `, ''),
    rows: count(rows),
    'input files': `${count(files)}, ${megabytes(bytes)}`,
  }));
  return `## Inputs

Made once by DuckDB, with snappy, always the same rows: [\`tools/bench/src/workloads\`](../tools/bench/src/workloads).

${markdownTable(rows)}
`;
}

function how(results) {
  const sections = Object.entries(results).filter(([, list]) => list.length > 0);
  return `## How it was measured

- everything in the page cache; processor time and the memory of a single process as the kernel counts them; memory of several processes and temporary disk are looked at every
  100 ms, or as often as takes a twentieth of the time
- Riffle: \`riffle run --input NAME=PATH … --output DIR ${riffleFlags.join(' ')} --temp-dir DIR --json\`; with four workers it is told that there are four CPUs
- DuckDB, with 2 threads: \`COPY (SELECT *, (row_number() OVER () - 1) * 64 // N AS shard FROM (SELECT … FROM read_parquet(…) ORDER BY hash(filename, file_row_number, seed))) TO … (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (shard))\`,
  whole in [\`tools/bench/src/duckdb-job.mjs\`](../tools/bench/src/duckdb-job.mjs)
- Polars, with 2 threads: \`scan_parquet(…).collect()\`, \`sample(fraction=1, shuffle=True, seed)\`, and \`slice(…).write_parquet(…, compression="snappy")\` for each output shard; whole in
  [\`tools/bench/python/polars_job.py\`](../tools/bench/python/polars_job.py)
- the script, with 2 processes: \`load_dataset("parquet", data_dir=…)\` for each shard folder and \`to_parquet\` for each output shard in a \`Pool\`, \`concatenate_datasets\`, \`shuffle(seed)\` and
  \`shard(contiguous=True)\` between; whole in [\`tools/bench/python/script_job.py\`](../tools/bench/python/script_job.py), with the packages of [\`datasets-5.txt\`](../tools/consumers/requirements/datasets-5.txt)
- transcode, with 2 workers: [\`tools/bench/src/transcode-job.mjs\`](../tools/bench/src/transcode-job.mjs)
- every run, with all that was measured of it: ${sections.map(([section]) => `[\`${section}.json\`](benchmarks/${section}.json)`).join(', ')}

${sections.map(([section, list]) => `Section *${section}*:\n\n${conditionsList(list)}\n`).join('\n')}`;
}

/** A picture with its words; nothing, if there was nothing to draw. */
function picture(drawn, name) {
  return drawn === undefined ? '' : `![${drawn.words}](benchmarks/${name}.svg)\n\n`;
}
