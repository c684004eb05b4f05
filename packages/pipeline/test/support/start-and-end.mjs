// Starts and ends worker pools, at once and a little later, so that threads are ended while they load: start-and-end.mjs TIMES.
import { createWorkerPool } from '../../dist/pool/worker-pool.js';

const plugin = (name) => ({ specifier: new URL(`../../../${name}/dist/index.js`, import.meta.url).href });
const references = {
  readers: [plugin('reader-parquet')],
  writer: plugin('writer-parquet'),
  shuffler: plugin('shuffler'),
  storage: plugin('storage-file'),
  verifier: plugin('verifier'),
};
const times = Number(process.argv[2]);
for (let index = 0; index < times; index++) {
  const pool = createWorkerPool({ workers: 2, workerData: { references }, shared: Promise.resolve(new Map()) });
  pool.expectBytes(2 ** 30);
  await new Promise((resolve) => setTimeout(resolve, index * 10));
  await pool.close();
}
process.stdout.write(`${times} ended`);
