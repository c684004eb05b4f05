import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { literal, openDuckDB } from './duckdb.mjs';
import { workloads } from './workloads.mjs';

const collectionNames = ['reading', 'dialogue', 'news', 'story', 'command'];

/** One for each output shard. */
const LEAST_ROWS = 64;

/**
 * The input of one workload, on disk.
 * @typedef {object} Dataset
 * @property {string} workload
 * @property {{ name: string, path: string }[]} collections
 * @property {string} glob Every file, as DuckDB reads globs.
 * @property {number} rows
 * @property {number} bytes Of all files.
 * @property {number} files
 */

/**
 * Makes the input of one workload below `folder`, unless it is there already and was made by this very code.
 * Always the same rows; written by DuckDB with snappy, one file in each shard folder.
 * @param {string} workload
 * @param {string} folder
 * @param {number} scale Times the rows of scale 1.
 * @returns {Promise<Dataset>}
 */
export async function makeData(workload, folder, scale) {
  const { rows: rowsAtScaleOne, shardsPerCollection, rowGroupRows, dictionaryValues, select } = workloads[workload];
  const shards = collectionNames.length * shardsPerCollection;
  const rows = Math.max(shards, LEAST_ROWS, Math.round(rowsAtScaleOne * scale));
  const root = join(folder, scale === 1 ? workload : `${workload}-x${scale}`);
  const stampFile = join(root, 'stamp.json');
  const stamp = codeStamp(workload, rows);
  if (!existsSync(stampFile) || JSON.parse(readFileSync(stampFile, 'utf8')).stamp !== stamp) {
    rmSync(root, { recursive: true, force: true });
    const connection = await openDuckDB();
    try {
      for (let shard = 0; shard < shards; shard++) {
        const shardFolder = join(
          root,
          collectionNames[Math.floor(shard / shardsPerCollection)],
          String(shard % shardsPerCollection).padStart(5, '0'),
        );
        mkdirSync(shardFolder, { recursive: true });
        const start = Math.floor((rows * shard) / shards);
        const query = await select(connection, start, Math.floor((rows * (shard + 1)) / shards) - start);
        await connection.run(
          `COPY (${query}) TO ${literal(join(shardFolder, 'data.parquet'))} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${rowGroupRows}, DICTIONARY_SIZE_LIMIT ${dictionaryValues})`,
        );
      }
    } finally {
      connection.closeSync();
    }
    writeFileSync(stampFile, JSON.stringify({ stamp }));
  }
  const files = readdirSync(root, { recursive: true }).filter((path) => path.endsWith('.parquet'));
  return {
    workload,
    collections: collectionNames.map((name) => ({ name, path: join(root, name) })),
    glob: join(root, '*', '*', '*.parquet'),
    rows,
    bytes: files.reduce((sum, path) => sum + statSync(join(root, path)).size, 0),
    files: files.length,
  };
}

/** Changes whenever the rows could. */
function codeStamp(workload, rows) {
  const hash = createHash('sha256').update(`${workload} ${rows}\n`);
  for (const file of ['workloads.mjs', 'make-data.mjs']) hash.update(readFileSync(new URL(file, import.meta.url)));
  return hash.digest('hex');
}
