import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workloads } from './workloads/index.mjs';
import { writeFiles } from './write-files.mjs';

const collectionNames = ['reading', 'dialogue', 'news', 'story', 'command'];

/** One for each output shard. */
const LEAST_ROWS = 64;

/**
 * The input of one workload, on disk.
 * @typedef {object} Dataset
 * @property {string} workload
 * @property {{ name: string, path: string }[]} collections
 * @property {string} glob Every file, as DuckDB reads globs.
 * @property {string[]} paths Every file.
 * @property {number} rows
 * @property {number} bytes Of all files.
 * @property {number} files
 */

/**
 * Makes the input of one workload below `folder`, unless it is there already and was made by this very code.
 * Always the same rows; what an interrupted call has made stays, and is not made again.
 * @param {string} name Of the workload.
 * @param {string} folder
 * @param {number} scale Times the rows of scale 1.
 * @returns {Promise<Dataset>}
 */
export async function makeData(name, folder, scale) {
  const root = join(folder, scale === 1 ? name : `${name}-x${scale}`);
  const { rows, glob, files } = layOut(workloads[name], root, scale);
  const stampFile = join(root, 'made.json');
  const stamp = codeStamp(name, rows);
  const found = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
  if (found.stamp !== stamp) {
    rmSync(root, { recursive: true, force: true });
    mkdirSync(root, { recursive: true });
  }
  if (found.stamp !== stamp || found.unfinished) {
    writeFileSync(stampFile, JSON.stringify({ stamp, unfinished: true }));
    await writeFiles(workloads[name], files);
    writeFileSync(stampFile, JSON.stringify({ stamp }));
  }
  const paths = files.map(({ path }) => path);
  return {
    workload: name,
    collections: collectionNames.map((collection) => ({ name: collection, path: join(root, collection) })),
    glob,
    paths,
    rows,
    bytes: paths.reduce((sum, path) => sum + statSync(path).size, 0),
    files: paths.length,
  };
}

/** Which rows lie in which file. */
function layOut({ rows: rowsAtScaleOne, filesPerCollection, rowsPerFile }, root, scale) {
  const perCollection =
    rowsPerFile === undefined ? filesPerCollection : Math.max(1, Math.round(filesPerCollection * scale));
  const count = collectionNames.length * perCollection;
  const rows =
    rowsPerFile === undefined ? Math.max(count, LEAST_ROWS, Math.round(rowsAtScaleOne * scale)) : count * rowsPerFile;
  const files = Array.from({ length: count }, (_, file) => {
    const collection = join(root, collectionNames[Math.floor(file / perCollection)]);
    const number = String(file % perCollection).padStart(5, '0');
    const start = Math.floor((rows * file) / count);
    return {
      path:
        rowsPerFile === undefined ? join(collection, number, 'data.parquet') : join(collection, `${number}.parquet`),
      start,
      rows: Math.floor((rows * (file + 1)) / count) - start,
    };
  });
  return { rows, files, glob: join(root, '*', ...(rowsPerFile === undefined ? ['*'] : []), '*.parquet') };
}

/** Changes whenever the rows could. */
function codeStamp(name, rows) {
  const hash = createHash('sha256').update(`${name} ${rows}\n`);
  const shared = ['write-files.mjs', 'workloads/values.mjs', `workloads/${name}.mjs`];
  const ofText = name === 'text' ? ['workloads/corpus.mjs'] : [];
  for (const file of [...shared, ...ofText]) hash.update(readFileSync(new URL(file, import.meta.url)));
  return hash.digest('hex');
}
