import { generator, passage } from './corpus.mjs';

const sources = ['books', 'news', 'forum', 'encyclopedia', 'subtitles', 'law'];

/** @type {import('./index.mjs').Workload} */
export const text = {
  title: 'text: passages of 300 to 3,000 characters that compress as prose does, with an id and a source',
  rows: 2_000_000,
  filesPerCollection: 4,
  rowGroupRows: 16_384,
  dictionaryValues: 1024,
  select: async (connection, start, rows) => {
    await appendText(connection, start, rows);
    return 'SELECT id, source, text FROM staged_text ORDER BY id';
  },
};

/** Passages come from a corpus that JavaScript holds, since cutting a long string costs DuckDB its length each time. */
async function appendText(connection, start, rows) {
  await connection.run('CREATE OR REPLACE TABLE staged_text (id BIGINT, source VARCHAR, text VARCHAR)');
  const appender = await connection.createAppender('staged_text');
  for (let row = start; row < start + rows; row++) {
    const next = generator(row);
    appender.appendBigInt(BigInt(row));
    appender.appendVarchar(sources[Math.floor(next() * sources.length)]);
    const length = 300 + Math.floor(next() * 2701);
    appender.appendVarchar(passage(Math.floor(next() * 2 ** 32), length));
    appender.endRow();
  }
  appender.closeSync();
}
