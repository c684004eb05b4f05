import { Field, Int8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { mergePandas } from './pandas-metadata.ts';

const range = { kind: 'range', name: null, start: 0, stop: 5, step: 1 };
const about = (name: string, numpy = 'int8') => ({ name, field_name: name, numpy_type: numpy });
const frame = (indexes: readonly unknown[], columns: readonly unknown[] = [about('a')]) =>
  JSON.stringify({ index_columns: indexes, columns, pandas_version: '3' });
const fields = ['a', 'speaker'].map((name) => new Field(name, new Int8()));
const merge = (...descriptions: string[]) => mergePandas(descriptions, fields, new Set(['a', 'speaker']));

describe('descriptions of data frames', () => {
  it('lose ranges of row numbers, and nothing else', () => {
    expect(merge(frame([range]))).toBe(frame([]));
    expect(merge(frame(['speaker', range]))).toBe(frame(['speaker']));
    expect(merge(frame([range]), frame([{ ...range, stop: 9 }]))).toBe(frame([]));
  });

  it('keep an index that all have, and drop one that some have or that is no column of the result', () => {
    expect(merge(frame(['speaker']), frame(['speaker']))).toBe(frame(['speaker']));
    expect(merge(frame(['speaker']), frame([range]))).toBe(frame([]));
    expect(merge(frame(['__index_level_0__']))).toBe(frame([]));
  });

  it('keep what all say of a column that is as they say', () => {
    expect(merge(frame([], [about('a'), about('speaker')]), frame([], [about('speaker'), about('a', 'int64')]))).toBe(
      frame([], [about('speaker')]),
    );
    expect(mergePandas([frame([])], fields, new Set())).toBe(frame([], []));
  });

  it.each(['{ "index_columns": 5 }', '{ "columns": [] }', '[ {"kind":"range"} ]', 'null', 'no JSON', ''])(
    'that are none stay if all are the same: %s',
    (description) => {
      expect(merge(description, description)).toBe(description);
      expect(merge(description, frame([]))).toBeUndefined();
    },
  );
});
