import { draw, rowNumbers, sentence } from './values.mjs';

/** @type {import('./index.mjs').Workload} */
export const tokens = {
  title: 'codec tokens: lists of 400 to 800 codes out of 1,024, with text and speaker',
  rows: 200_000,
  filesPerCollection: 4,
  rowGroupRows: 4096,
  dictionaryValues: 1024,
  select: async (_connection, start, rows) => `
    SELECT printf('utterance-%09d', i) AS id,
           ${sentence(`6 + ${draw(1, 12)}`, 2)} AS text,
           printf('speaker-%03d', ${draw(3, 200)}) AS speaker,
           list_transform(range(400 + ${draw(4, 401)}), lambda k: ${draw(5, 1024, 'i * 1009 + k')}) AS codes
    FROM ${rowNumbers(start, rows)}`,
};
