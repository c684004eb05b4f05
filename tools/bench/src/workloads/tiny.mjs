import { draw, rowNumbers, sentence } from './values.mjs';

/** @type {import('./index.mjs').Workload} */
export const tiny = {
  title: 'tiny: files of 50 rows, each a shard of its own, with an id, a speaker, a text and a score',
  rows: 1_000_000,
  filesPerCollection: 4000,
  rowsPerFile: 50,
  rowGroupRows: 2048,
  dictionaryValues: 1024,
  select: async (_connection, start, rows) => `
    SELECT i AS id,
           printf('speaker-%03d', ${draw(3, 200)}) AS speaker,
           ${sentence(`6 + ${draw(1, 12)}`, 2)} AS text,
           (hash(i, 2) >> 11)::DOUBLE / 9007199254740992 AS score
    FROM ${rowNumbers(start, rows)}`,
};
