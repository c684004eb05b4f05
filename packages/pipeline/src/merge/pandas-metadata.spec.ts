import { describe, expect, it } from 'vitest';
import { withoutRowRanges } from './pandas-metadata.ts';

const range = { kind: 'range', name: null, start: 0, stop: 5, step: 1 };
const frame = (...indexes: unknown[]) =>
  JSON.stringify({ index_columns: indexes, columns: [{ name: 'a', numpy_type: 'Int8' }] });

describe('the description of a data frame', () => {
  it('loses ranges of row numbers, and nothing else', () => {
    expect(withoutRowRanges(frame(range))).toBe(frame());
    expect(withoutRowRanges(frame('speaker', range))).toBe(frame('speaker'));
  });

  it.each([
    frame('__index_level_0__'),
    frame(),
    '{ "index_columns": 5 }',
    '{ "columns": [] }',
    '[ {"kind":"range"} ]',
    'null',
    'no JSON',
    '',
  ])('is given back as it is: %s', (description) => {
    expect(withoutRowRanges(description)).toBe(description);
  });
});
