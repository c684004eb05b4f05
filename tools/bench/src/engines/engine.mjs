import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
export const SHARDS = 64;
export const SEED = '42';
/** Riffle's workers, DuckDB's and Polars' threads, the script's processes. */
export const THREADS = 2;

/**
 * One way to do the job.
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} title As it stands in tables.
 * @property {string} outputGlob Below the output folder.
 * @property {number} [shards] How many even files it must write; without it, as many as it likes.
 * @property {(dataset: import('../make-data.mjs').Dataset, output: string, temporaryFolder: string) => Command} command
 *   `temporaryFolder` exists, is empty, is the working folder and TMPDIR, and all that the job does not leave behind belongs there.
 * @property {(workload: string) => number | undefined} [mostRuns] On a workload on which it takes long: at most so many runs, without a warm-up.
 * @property {(stdout: string) => object} [notes] What a run says of itself, kept beside its measures.
 * @property {() => string | undefined} [whatIsMissing] A sentence why it cannot run here; without it, it always can.
 */

/**
 * How to start it.
 * @typedef {object} Command
 * @property {string} program
 * @property {string[]} args
 * @property {Record<string, string>} [environment] Beside the bench's own.
 */
