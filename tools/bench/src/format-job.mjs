// One format's reader and writer alone, in one thread: rows are written to a file and read back, several times.
// node format-job.mjs FORMAT RUNS FOLDER PARQUET-FILE…
import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  arrowBytes,
  batchOfColumns,
  columnsOfBatch,
  createArena,
  schemaFromBytes,
  schemaToBytes,
  takeBatch,
} from '@riffle/columnar';
import createParquetReader, { prepare } from '@riffle/reader-parquet';
import { createFileStorage } from '@riffle/storage-file';
import { formats } from './formats.mjs';

/** What Riffle reads and feeds its writer at once. */
const BATCH_BYTES = 4 * 2 ** 20;
const ROW_GROUP_BYTES = 64 * 2 ** 20;
/** As much as a shard of some size. */
const ARROW_BYTES = 64 * 2 ** 20;

const [name, runs, folder, ...files] = process.argv.slice(2);
const { reader: readerUrl, writer: writerUrl, file: fileName, library, owner } = formats[name];
const storage = createFileStorage();
const location = join(folder, fileName);

const { schema, batches } = await rowsOf(files);
const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
const reader = await made(readerUrl);
const writer = writerUrl === undefined ? undefined : await made(writerUrl);
const measured = { write: [], read: [] };
if (writer === undefined) await writeByDuckdb();
// The first is the warm-up.
for (let run = -1; run < Number(runs); run++) {
  const write = writer === undefined ? undefined : await timed(writeOnce);
  const read = await timed(readOnce);
  if (run >= 0) {
    if (write !== undefined) measured.write.push(write);
    measured.read.push(read);
  }
}
const bytes = batches.reduce((sum, batch) => sum + arrowBytes(batch), 0);
console.log(
  JSON.stringify({
    rows,
    arrowBytes: bytes,
    fileBytes: statSync(location).size,
    library: `${library} ${versionOf(library)}`,
    seconds: measured,
  }),
);

/** The first rows of the files, in memory of their own. */
async function rowsOf(paths) {
  const parquet = createParquetReader(undefined, prepare());
  const kept = [];
  let bytes = 0;
  let found;
  for (const path of paths) {
    const file = await storage.open(path);
    const survey = await parquet.survey(file);
    found ??= schemaFromBytes(survey.schema);
    for (let fragment = 0; fragment < survey.fragments.length && bytes < ARROW_BYTES; fragment++)
      for await (const batch of parquet.read(file, fragment, { targetBatchBytes: BATCH_BYTES })) {
        const order = Uint32Array.from({ length: batch.numRows }, (_, row) => row);
        const taken = takeBatch(
          [columnsOfBatch(batch)],
          { which: undefined, rows: order },
          0,
          batch.numRows,
          createArena().allocate,
        );
        kept.push(batchOfColumns(found, taken));
        bytes += arrowBytes(kept.at(-1));
        if (bytes >= ARROW_BYTES) break;
      }
    await file.close();
    if (bytes >= ARROW_BYTES) break;
  }
  return { schema: found, batches: kept };
}

async function made(url) {
  const { default: create, prepare: before } = await import(url);
  return create(undefined, await before?.());
}

async function timed(action) {
  const started = performance.now();
  await action();
  return (performance.now() - started) / 1000;
}

async function writeOnce() {
  const target = createWriteStream(location);
  // Settled once it is written, for then the writer may use its memory again.
  const write = (part) =>
    new Promise((resolve, reject) => target.write(part, (error) => (error ? reject(error) : resolve())));
  const shard = await writer.create({ write }, { schema, compression: 'none', rowGroupBytes: ROW_GROUP_BYTES });
  for (const batch of batches) await shard.write(batch);
  await shard.close();
  target.end();
  await once(target, 'close');
}

async function readOnce() {
  const known = { schema: schemaToBytes(schema) };
  const file = await storage.open(location);
  let seen = 0;
  try {
    const { fragments } = await reader.survey(file, known);
    for (let fragment = 0; fragment < fragments.length; fragment++)
      for await (const batch of reader.read(file, fragment, { ...known, targetBatchBytes: BATCH_BYTES }))
        seen += batch.numRows;
  } finally {
    reader.release?.();
    await file.close();
  }
  if (seen !== rows) throw new Error(`${rows} rows were written, and ${seen} read.`);
}

async function writeByDuckdb() {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const list = files.map((path) => `'${path.replaceAll("'", "''")}'`).join(', ');
  await connection.run(`COPY (SELECT * FROM read_parquet([${list}]) LIMIT ${rows}) TO '${location}' (HEADER)`);
  connection.closeSync();
}

function versionOf(wanted) {
  const folders = createRequire(owner).resolve.paths(wanted);
  const manifest = folders.map((base) => join(base, wanted, 'package.json')).find((path) => existsSync(path));
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
