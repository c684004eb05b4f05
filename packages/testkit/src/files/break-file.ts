import { execFile } from 'node:child_process';
import { mkdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { corruptPage } from './corrupt-page.ts';
import { falsifyCounts } from './falsify-counts.ts';

/** One way in which a data file in the wild is no good. */
export interface Breakage {
  readonly name: string;
  /** When it shows: `survey` from names and footers, `scatter` only when decoded. */
  readonly shows: 'survey' | 'scatter';
  /** The status of a shard that holds only this file. */
  readonly status: 'failed' | 'empty';
  /** Breaks the good Parquet file at `path`, in place. */
  readonly apply: (path: string) => Promise<void>;
}

/** What is found instead of a Parquet file; each takes the place of a good one. */
export const breakages: readonly Breakage[] = [
  {
    name: 'truncated file',
    shows: 'survey',
    status: 'failed',
    apply: async (path) => truncate(path, Math.floor((await stat(path)).size / 2)),
  },
  { name: 'empty file', shows: 'survey', status: 'failed', apply: (path) => truncate(path, 0) },
  { name: 'Git-LFS pointer', shows: 'survey', status: 'failed', apply: (path) => writeFile(path, lfsPointer) },
  { name: 'HTML page', shows: 'survey', status: 'failed', apply: (path) => writeFile(path, htmlPage) },
  { name: 'folder without files', shows: 'survey', status: 'empty', apply: (path) => rm(path) },
  { name: 'FIFO', shows: 'survey', status: 'failed', apply: replaceByFifo },
  { name: 'wrong count of the file', shows: 'survey', status: 'failed', apply: (path) => falsifyCounts(path, 'file') },
  {
    name: 'wrong count of a row group',
    shows: 'scatter',
    status: 'failed',
    apply: (path) => falsifyCounts(path, 'row group'),
  },
  { name: 'damaged page', shows: 'scatter', status: 'failed', apply: (path) => corruptPage(path) },
];

const lfsPointer = `version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 123456789
`;

const htmlPage =
  '<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n';

/** A pipe that nobody writes to: opening it for reading blocks for ever. */
async function replaceByFifo(path: string): Promise<void> {
  await rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await promisify(execFile)('mkfifo', [path]);
}
