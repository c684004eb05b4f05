import { outcomes } from './campaign.mjs';
import { mutations, regions } from './mutations.mjs';
import { reasonKinds } from './reason-kinds.mjs';

const count = (records, wanted) =>
  records.filter((record) => Object.entries(wanted).every(([key, value]) => record[key] === value)).length;
const number = (value) => value.toLocaleString('en');
const share = (part, of) => (of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`);
const table = (header, rows) =>
  [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Outcomes and, below each refusal, its reasons: rows of label, count, part of all. */
export function outcomeRows(records) {
  const row = (label, found) => [label, number(found), share(found, records.length)];
  return Object.values(outcomes).flatMap((outcome) => [
    row(`**${outcome}**`, count(records, { outcome })),
    ...reasonKinds
      .map((kind) => [kind, count(records, { outcome, kind })])
      .filter(([, found]) => found > 0)
      .map(([kind, found]) => row(`· ${kind}`, found)),
  ]);
}

function mutationRows(records) {
  return mutations.map(({ name }) => {
    const own = records.filter(({ mutation }) => mutation === name);
    return [name, number(own.length), ...Object.values(outcomes).map((outcome) => number(count(own, { outcome })))];
  });
}

function crcRows(records) {
  const cell = (region, crc) => {
    const own = records.filter((record) => record.region === region && record.crc === crc);
    const silent = count(own, { outcome: outcomes.other });
    return `${number(silent)} of ${number(own.length)} (${share(silent, own.length)})`;
  };
  return regions.map((region) => [region, cell(region, true), cell(region, false)]);
}

/** Which promises were broken, on one line. */
function namesOf(violations) {
  if (violations.length === 0) return '';
  return ` (${violations.map(({ mutant, sentence }) => `mutant ${mutant}: ${sentence.replace(/\s+/g, ' ')}`).join('; ')})`;
}

/** docs/reference/fuzzing.md. Everything in it that is a number comes from the run. */
export function markdown({ command, seed, date, version, minutes, campaign }) {
  const { records, violations, origins, skipped, jobs, checkedByDuckDB, maxRss } = campaign;
  const made = origins.filter(({ name }) => name.startsWith('made:')).length;
  const withCrc = origins.filter(({ crc }) => crc).length;
  return `# Fuzzing

<!-- Made by tools/fuzz; do not edit. -->

Sound Parquet files are damaged in seeded ways; every mutant is then one shard among good ones of the same schema in a whole job, or alone where Riffle can write no file of its schema. This page is what came of the run named here.

- command: \`${command}\`
- mutants: ${number(records.length)}, seed ${seed}; whole jobs: ${number(jobs)}; time: ${minutes} min
- date: ${date}; version of the tree: ${version}
- sound files: ${origins.length}, of which ${made} made by DuckDB and the others of apache/parquet-testing; ${withCrc} have a CRC in every page. Left out because Riffle refuses them as they are: ${skipped.length}
- broken promises: ${violations.length}${namesOf(violations)}
- most resident memory of the process, harness included: ${Math.round(maxRss / 1e6)} MB, with \`--memory 256MB\`
- jobs whose good rows DuckDB compared as well: ${number(checkedByDuckDB)}

## What is held

Each of these is checked for every mutant; what breaks one is a broken promise, is halved down to the mutant at fault, and makes the run fail.

- The process neither dies nor hangs, and its memory stays within what \`--memory\` and the [stated overhead](../explanation/memory.md) allow.
- The job succeeds: good shards are delivered with the rows and fingerprints that they have in a job of their own.
- A mutant is either delivered or reported as lost, with code \`BAD_CONTENT\` or \`UNSUPPORTED_CONTENT\` and a reason of a known kind.
- A delivered mutant has as many rows as its footer, its row groups and its decoded pages say; footers are counted by hyparquet, too.
- Read in slices, as with little memory, a mutant has as many rows, or is refused as well.
- The job's shards are byte for byte those of a second job from which refused mutants are absent.
- Where every page has a CRC, no change within the bytes of a page passes.

## What became of the mutants

${table(['outcome', 'mutants', 'of all'], outcomeRows(records))}

*Same values*: the damage hit what does not matter for the rows, such as statistics, padding, an index, or the name of the writer.

*Other values* is what no reader can tell from the file alone: bytes of a page without a checksum that still decode, or an edit that is consistent in itself, such as a row group left out with all counts
made to fit, or a column declared to be of another type that its bytes fit as well. Rows are then as many as the file says, and not what they were. Riffle proves that the rows that it read are the
rows that it wrote; against damage before that, keep checksums of your files.

## What page CRCs find

Mutants that were accepted with other values, by where the damage was:

${table(['damage in', 'files with a CRC in every page', 'files without'], crcRows(records))}

A CRC covers the bytes of its page and nothing else. What passes in spite of CRCs lies outside of them: in page headers, where the CRC itself stands and can be dropped or made to fit; in the footer, which has no
checksum at all; or in whole pages and chunks that are exchanged for others together with their CRC.

## By mutation

${table(['mutation', 'mutants', ...Object.values(outcomes)], mutationRows(records))}

## Run it

\`node tools/fuzz/fuzz.mjs --mutants 10000 --seed 1\` makes this page again (build first: \`npm start\` or \`npx nx run-many -t build\`). \`--only N\` runs mutant N of the same seed alone, \`--details FILE\` writes one record a mutant. The tests of
\`tools/fuzz\` run a few hundred mutants with the same promises.
`;
}
