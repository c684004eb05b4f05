import { audio } from './audio.mjs';
import { narrow } from './narrow.mjs';
import { text } from './text.mjs';
import { tiny } from './tiny.mjs';
import { tokens } from './tokens.mjs';
import { wide } from './wide.mjs';

/**
 * One workload: how many rows, how they are cut into files, and how the rows of one file are made.
 * @typedef {object} Workload
 * @property {string} title What it stands for, in a few words.
 * @property {number} rows Rows at scale 1.
 * @property {number} filesPerCollection At scale 1. Each in a shard folder of its own, …
 * @property {number} [rowsPerFile] … unless all files have so many rows: then they stand in the collection's own folder, and scale changes how many there are.
 * @property {number} rowGroupRows Rows of a row group of the inputs; keeps it under 32 MB of Arrow data.
 * @property {number} dictionaryValues Columns of more distinct values in a row group are written plain.
 *   Large enough for the codes, which DuckDB by its own limit (1 % of the rows) would leave twice as big.
 * @property {(connection: import('@duckdb/node-api').DuckDBConnection, start: number, rows: number) => Promise<string>} select
 *   The query that gives the rows `start` … `start + rows − 1`.
 */

/** @type {Readonly<Record<string, Workload>>} */
export const workloads = { tokens, audio, narrow, text, wide, tiny };
