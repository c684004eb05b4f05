import { createCipheriv, createHash } from 'node:crypto';
import { draw, sentence } from './values.mjs';

/** @type {import('./index.mjs').Workload} */
export const audio = {
  title: 'audio: about 100 kB of incompressible bytes a row, as a struct of bytes and path',
  rows: 10_000,
  filesPerCollection: 8,
  rowGroupRows: 250,
  dictionaryValues: 100,
  select: async (connection, start, rows) => {
    await appendAudio(connection, start, rows);
    return `
      SELECT {'bytes': bytes, 'path': path} AS audio, ${sentence(`6 + ${draw(1, 12)}`, 2)} AS text, speaker, duration
      FROM staged_audio ORDER BY i`;
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
