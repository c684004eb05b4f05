// The floor under Riffle: its own reader and writer, file by file, with no shuffle, no proof and no waiting rows.
// node transcode-job.mjs OUTPUT WORKERS FOLDER…
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { batchOfColumns, columnsOfBatch, createArena, schemaFromBytes, takeBatch } from '@riffle/columnar';
import { createParquetReader, prepare } from '@riffle/reader-parquet';
import { createFileStorage } from '@riffle/storage-file';
import { createParquetWriter } from '@riffle/writer-parquet';

/** What Riffle reads and feeds its writer at once. */
const BATCH_BYTES = 4 * 2 ** 20;
const ROW_GROUP_BYTES = 64 * 2 ** 20;

if (isMainThread) await transcodeAll();
else parentPort.on('message', (task) => void work(task));

async function transcodeAll() {
  const [output, workers, ...folders] = process.argv.slice(2);
  mkdirSync(output);
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((path) => path.endsWith('.parquet'))
      .map((path) => join(folder, path)),
  );
  const shared = prepare();
  let next = 0;
  await Promise.all(
    Array.from({ length: Number(workers) }, async () => {
      const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { shared, output } });
      while (next < files.length) {
        const number = next++;
        worker.postMessage({ number, file: files[number] });
        const [error] = await once(worker, 'message');
        if (error !== undefined) throw new Error(error);
      }
      await worker.terminate();
    }),
  );
}

async function work({ number, file }) {
  try {
    await transcode(number, file);
    parentPort.postMessage(undefined);
  } catch (error) {
    parentPort.postMessage(`${file}: ${error.stack}`);
  }
}

async function transcode(number, location) {
  const { shared, output } = workerData;
  const reader = createParquetReader(undefined, shared);
  const writer = createParquetWriter(undefined, shared);
  const file = await createFileStorage().open(location);
  const survey = await reader.survey(file);
  const schema = schemaFromBytes(survey.schema);
  const options = { schema, compression: 'snappy', rowGroupBytes: ROW_GROUP_BYTES };
  tuned ??= await tune(reader, file, writer, survey, options);
  const target = createWriteStream(join(output, `${String(number).padStart(5, '0')}.parquet`));
  const write = (bytes) =>
    new Promise((resolve, reject) => target.write(bytes, (error) => (error ? reject(error) : resolve())));
  const shard = await writer.create({ write }, { ...options, tuning: tuned });
  for (let fragment = 0; fragment < survey.fragments.length; fragment++)
    for await (const batch of reader.read(file, fragment, { targetBatchBytes: BATCH_BYTES })) {
      arena.reset();
      await shard.write(copied(schema, batch));
    }
  await shard.close();
  await new Promise((resolve) => target.end(resolve));
  await file.close();
}

/** Once a worker, as a plan does it once a job. */
let tuned;

async function tune(reader, file, writer, survey, { schema, ...options }) {
  for await (const read of reader.read(file, 0, { targetBatchBytes: BATCH_BYTES })) {
    const sample = { batch: copied(schema, read), columns: survey.columns, columnRows: survey.rows, rows: survey.rows };
    return writer.tune([sample], { schema, ...options, profile: 'balanced', rowsPerShard: survey.rows });
  }
}

const arena = createArena();

/** What is read is views of the codec's memory, which writing makes grow: so every batch is copied once, to the same memory each time, as Riffle copies rows to their places. */
function copied(schema, batch) {
  const rows = Uint32Array.from({ length: batch.numRows }, (_, row) => row);
  return batchOfColumns(
    schema,
    takeBatch([columnsOfBatch(batch)], { which: undefined, rows }, 0, batch.numRows, arena.allocate),
  );
}
