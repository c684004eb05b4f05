import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { errorTable, RiffleError, type ErrorCode } from '@riffle/core';
import { makeDataset, openDuckDB } from '@riffle/testkit';
import { expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { fakeHost, temporaryFolder } from './fake-host.ts';
import { runBinary } from './run-binary.ts';

const jobInto = (output: string) => ['run', '--input', 'a=a', '--input', 'b=b', '--output', output, '--quiet'];
const job = [...jobInto('out'), '--shards', '4'];
const plugin = new URL('plugins/none.mjs', import.meta.url).href;

/** How a code comes about: what is done to a folder with two collections, then the command line. */
interface RealCase {
  readonly code: ErrorCode;
  readonly prepare?: (folder: string) => unknown;
  readonly words: readonly string[];
}

/** Brought about by real jobs on real files, as a user would meet them. */
const realCases: readonly RealCase[] = [
  { code: 'RECIPE_INVALID', words: [...job, '--strategy', 'spil', '--set', 'shrads=3'] },
  { code: 'USAGE', words: ['run', '--shrads', '3'] },
  {
    code: 'OUTPUT_NOT_EMPTY',
    prepare: (folder) => runBinary(job, { workingFolder: folder }),
    words: job,
  },
  {
    code: 'OUTPUT_LOCKED',
    prepare: (folder) => {
      mkdirSync(join(folder, 'out/.riffle'), { recursive: true });
      const holder = { run: 'run-1', pid: 4242, host: 'another-host', startedAt: '2026-11-23T05:00:00.000Z' };
      writeFileSync(join(folder, 'out/.riffle/lock'), JSON.stringify(holder));
    },
    words: job,
  },
  {
    code: 'OUTPUT_NOT_WRITABLE',
    prepare: (folder) => writeFileSync(join(folder, 'file'), ''),
    words: jobInto('file/out'),
  },
  { code: 'OVERLAPPING_FOLDERS', words: jobInto('a/out') },
  { code: 'MEMORY_TOO_SMALL', words: [...job, '--memory', '1MB'] },
  { code: 'SHARDS_EXCEED_ROWS', words: [...jobInto('out'), '--shards', '9999'] },
  { code: 'PARTITION_INVALID', words: [...job, '--names', 'lang={language}/{shard}'] },
  {
    code: 'NO_ROWS',
    prepare: (folder) => {
      mkdirSync(join(folder, 'texts'));
      writeFileSync(join(folder, 'texts', 'notes.txt'), 'nothing of use');
    },
    words: ['run', '--input', 'texts=texts', '--output', 'out', '--quiet'],
  },
  {
    code: 'SCHEMA_CONFLICT',
    prepare: (folder) => twelveColumns(folder),
    words: ['run', '--input', 'x=x.parquet', '--input', 'y=y.parquet', '--output', 'out', '--shards', '1', '--quiet'],
  },
  {
    code: 'BAD_SHARD',
    prepare: (folder) => truncateSync(join(folder, 'b/00000/data.parquet'), 5000),
    words: [...job, '--on-bad-shard', 'fail'],
  },
  {
    code: 'LOSS_TOO_HIGH',
    prepare: (folder) => truncateSync(join(folder, 'b/00000/data.parquet'), 5000),
    words: [...job, '--max-loss', '1%'],
  },
  {
    code: 'VERIFICATION_FAILED',
    prepare: async (folder) => {
      await runBinary(job, { workingFolder: folder });
      truncateSync(join(folder, 'out/00001.parquet'), 5000);
    },
    words: ['verify', 'out', '--quiet'],
  },
  { code: 'NOT_A_RESULT', words: ['verify', 'a', '--quiet'] },
  {
    code: 'NOT_SHUFFLED',
    prepare: (folder) => numbers(folder, 20_000),
    words: ['certify', 'sorted', '--column', 'id', '--quiet'],
  },
  {
    code: 'TOO_FEW_ROWS',
    prepare: (folder) => numbers(folder, 5),
    words: ['certify', 'sorted', '--column', 'id', '--quiet'],
  },
  { code: 'PLUGIN_INVALID', words: [...job, '--set', `plugins.writer.specifier="${plugin}"`] },
  {
    code: 'RESUME_REFUSED',
    prepare: (folder) => runBinary(job, { workingFolder: folder }),
    words: [...job, '--seed', '7', '--resume'],
  },
];

/** Codes of the machine's failures, and of what is no error by itself: the message as its source has it, shown by the same program. */
const thrownCases: readonly RiffleError[] = [
  new RiffleError(
    'NOT_AVAILABLE',
    'The command x is not available in this version of Riffle. Nothing was done; use a later version.',
  ),
  new RiffleError(
    'DISK_TOO_SMALL',
    'The job needs about 5.00 GB in out and 1.00 GB are free. Free space there, or give --temp-dir.',
  ),
  new RiffleError('BAD_CONTENT', 'data.parquet: It is truncated: no Parquet footer at its end, byte 5000.', {
    collection: 'a',
    shard: '00000',
  }),
  new RiffleError('UNSUPPORTED_CONTENT', 'Column x is INT96 with values beyond the year 2262.', { collection: 'a' }),
  new RiffleError(
    'FILE_CHANGED',
    'a/00000/data.parquet changed while its metadata was being read. Run again once nothing writes there.',
  ),
  new RiffleError(
    'STORAGE_FAILED',
    'Cannot read a/00000/data.parquet: permission denied (EACCES). Check who may read it.',
    {},
    { cause: Object.assign(new Error("EACCES: permission denied, open 'a/00000/data.parquet'"), { code: 'EACCES' }) },
  ),
  new RiffleError(
    'WORKER_FAILED',
    'A worker failed twice, the second time alone in a fresh worker, in scatter at a/00000/data.parquet.',
    {},
    { cause: new Error('Worker terminated due to reaching memory limit\n    at Worker (node:internal)') },
  ),
  new RiffleError('CANCELLED', 'Stopped by SIGINT.'),
  new RiffleError('INTERNAL', 'A bucket has 3 rows and 4 positions.'),
];

async function twelveColumns(folder: string): Promise<void> {
  const connection = await openDuckDB();
  const names = Array.from({ length: 12 }, (_, index) => `c${index}`);
  const copy = (file: string, value: string) =>
    connection.run(`COPY (SELECT ${names.map((name) => `${value} AS ${name}`).join(', ')}) TO '${join(folder, file)}'`);
  await copy('x.parquet', `'text'`);
  await copy('y.parquet', `TIMESTAMP '2026-01-01'`);
  connection.closeSync();
}

/** A folder `sorted` with a file of ascending numbers. */
async function numbers(folder: string, rows: number): Promise<void> {
  const connection = await openDuckDB();
  mkdirSync(join(folder, 'sorted'));
  await connection.run(`COPY (SELECT range AS id FROM range(${rows})) TO '${join(folder, 'sorted/0.parquet')}'`);
  connection.closeSync();
}

const folderOfData = async () => {
  const folder = temporaryFolder();
  await makeDataset(folder, { rowsPerShard: 100 });
  return folder;
};

/** Without what differs from machine to machine. */
function settled(text: string, folder: string): string {
  return text
    .replaceAll(folder, '/home/you')
    .replaceAll(plugin, 'file:///home/you/none.mjs')
    .replaceAll(hostname(), 'this-host')
    .replaceAll(/\/\S*\/packages\//g, '/home/you/riffle/packages/')
    .replace(/instead of \d+\./, 'instead of 7834.')
    .replaceAll(/ --(?:quiet|json)\b/g, '')
    .trimEnd();
}

const shellWords = (words: readonly string[]) =>
  words
    .filter((word) => word !== '--quiet')
    .map((word) => (/[" ]/.test(word) ? `'${word}'` : word))
    .join(' ');

it('every error is told like this', async () => {
  const texts = new Map<ErrorCode, string>();
  for (const { code, prepare, words } of realCases) {
    const workingFolder = await folderOfData();
    await prepare?.(workingFolder);
    const { stderr, stdout, exitCode } = await runBinary([...words, '--json'], { workingFolder });
    const { error } = JSON.parse(stdout) as { error: { code: string } };
    expect({ code, told: error.code, exit: exitCode }).toMatchObject({ code, told: code });
    texts.set(code, `$ riffle ${settled(shellWords(words), workingFolder)}\n${settled(stderr, workingFolder)}`);
  }
  for (const error of thrownCases) {
    const host = fakeHost({ run: () => Promise.reject(error) });
    await main(job, host);
    texts.set(error.code, `$ riffle ${shellWords(job)}\n${settled(host.written.stderr, host.workingFolder)}`);
  }
  const codes = Object.keys(errorTable) as ErrorCode[];
  expect([...texts.keys()].sort()).toEqual([...codes].sort());
  const sections = codes.map((code) => `## \`${code}\`\n\n\`\`\`text\n${texts.get(code)!}\n\`\`\`\n`);
  const head = `# What errors look like

Each [error code](errors.md) as the command line tells it on stderr: what happened and where, what caused it, what became of the output folder, and the command to type next. \`--json\` has the same as data, \`--verbose\` the stack.

This page is written by a test (\`npx vitest run --update=true test/error-texts.spec.ts\` in \`packages/cli\`), most of it from real jobs; it fails where a text changes.
`;
  await expect([head, ...sections].join('\n')).toMatchFileSnapshot('../../../docs/reference/error-messages.md');
}, 240_000);
