import { draw, rowNumbers, words } from './values.mjs';

/** @type {import('./index.mjs').Workload} */
export const narrow = {
  title: 'narrow: an id, a label of ten values, a score and a short text',
  rows: 10_000_000,
  filesPerCollection: 4,
  rowGroupRows: 122_880,
  dictionaryValues: 1024,
  select: async (_connection, start, rows) => `
    SELECT i AS id,
           ${draw(1, 10)} AS label,
           (hash(i, 2) >> 11)::DOUBLE / 9007199254740992 AS score,
           ${words}[1 + ${draw(3, 16)}] || '-' || ${draw(4, 100_000)} AS text
    FROM ${rowNumbers(start, rows)}`,
};
