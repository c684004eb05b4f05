import { createCipheriv, createHash } from 'node:crypto';

/**
 * One workload: how many rows, how they are cut into folders, and how the rows of one shard are made.
 * @typedef {object} Workload
 * @property {string} title What it stands for, in a few words.
 * @property {number} rows Rows at scale 1.
 * @property {number} shardsPerCollection
 * @property {number} rowGroupRows Rows of a row group of the inputs; keeps it under 32 MB of Arrow data.
 * @property {number} dictionaryValues Columns of more distinct values in a row group are written plain.
 *   Large enough for the codes, which DuckDB by its own limit (1 % of the rows) would leave twice as big.
 * @property {(connection: import('@duckdb/node-api').DuckDBConnection, start: number, rows: number) => Promise<string>} select
 *   The query that gives the rows `start` … `start + rows − 1`.
 */

const words = `['wave','stone','quiet','river','seven','amber','north','paper','glass','winter','lamp','cedar','copper','morning','field','silver']`;

/** A pseudo-random number below `bound` from the row number `i`; `salt` tells columns apart. */
const draw = (salt, bound, row = 'i') => `(hash(${row}, ${salt}) % ${bound})::INTEGER`;

/** A sentence of `count` (SQL) words. */
const sentence = (count, salt) =>
  `array_to_string(list_transform(range(${count}), lambda k: ${words}[1 + ${draw(salt, 16, 'i * 97 + k')}]), ' ')`;

/** @type {Readonly<Record<string, Workload>>} */
export const workloads = {
  tokens: {
    title: 'codec tokens: lists of 400 to 800 codes out of 1,024, with text and speaker',
    rows: 200_000,
    shardsPerCollection: 4,
    rowGroupRows: 4096,
    dictionaryValues: 1024,
    select: async (_connection, start, rows) => `
      SELECT printf('utterance-%09d', i) AS id,
             ${sentence(`6 + ${draw(1, 12)}`, 2)} AS text,
             printf('speaker-%03d', ${draw(3, 200)}) AS speaker,
             list_transform(range(400 + ${draw(4, 401)}), lambda k: ${draw(5, 1024, 'i * 1009 + k')}) AS codes
      FROM range(${start}, ${start + rows}) rows(i)`,
  },
  audio: {
    title: 'audio: about 100 kB of incompressible bytes a row, as a struct of bytes and path',
    rows: 10_000,
    shardsPerCollection: 8,
    rowGroupRows: 250,
    dictionaryValues: 100,
    select: async (connection, start, rows) => {
      await appendAudio(connection, start, rows);
      return `
        SELECT {'bytes': bytes, 'path': path} AS audio, ${sentence(`6 + ${draw(1, 12)}`, 2)} AS text, speaker, duration
        FROM staged_audio ORDER BY i`;
    },
  },
  narrow: {
    title: 'narrow: an id, a label of ten values, a score and a short text',
    rows: 10_000_000,
    shardsPerCollection: 4,
    rowGroupRows: 122_880,
    dictionaryValues: 1024,
    select: async (_connection, start, rows) => `
      SELECT i AS id,
             ${draw(1, 10)} AS label,
             (hash(i, 2) >> 11)::DOUBLE / 9007199254740992 AS score,
             ${words}[1 + ${draw(3, 16)}] || '-' || ${draw(4, 100_000)} AS text
      FROM range(${start}, ${start + rows}) rows(i)`,
  },
};

/** DuckDB has no fast source of random bytes: they come from a cipher's key stream and go in through the appender. */
async function appendAudio(connection, start, rows) {
  await connection.run(
    'CREATE OR REPLACE TABLE staged_audio (i INTEGER, bytes BLOB, path VARCHAR, speaker VARCHAR, duration DOUBLE)',
  );
  const appender = await connection.createAppender('staged_audio');
  for (let row = start; row < start + rows; row++) {
    const digest = createHash('sha256').update(`audio-${row}`).digest();
    const length = 80_000 + (digest.readUInt32LE(16) % 40_001);
    const bytes = createCipheriv('aes-128-ctr', digest.subarray(0, 16), Buffer.alloc(16)).update(Buffer.alloc(length));
    appender.appendInteger(row);
    appender.appendBlob(bytes);
    appender.appendVarchar(`clip-${String(row).padStart(7, '0')}.opus`);
    appender.appendVarchar(`speaker-${digest[20] % 100}`);
    appender.appendDouble(length / 8000);
    appender.endRow();
  }
  appender.closeSync();
}
