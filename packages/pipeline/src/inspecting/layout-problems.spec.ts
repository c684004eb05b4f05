import type { InspectedPath, InspectedStorage } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { layoutProblems } from './layout-problems.ts';
import { createStorageSums } from './sum-storage.ts';

const MB = 1e6;

function column(changes: Partial<InspectedStorage>): InspectedStorage {
  return {
    path: ['codes', 'list', 'element'],
    type: 'INT32',
    codecs: ['UNCOMPRESSED'],
    encodings: ['PLAIN', 'RLE'],
    bytes: 13 * MB,
    uncompressedBytes: 13 * MB,
    values: 1000,
    ...changes,
  };
}

function fragments(count: number, most: number): InspectedPath['fragments'] {
  const same = { least: most, most };
  return { count, rows: same, bytes: same, uncompressedBytes: same };
}

const told = (columns: readonly InspectedStorage[], groups = fragments(1, MB), bytes = 100 * MB) =>
  layoutProblems(groups, columns, bytes).map(({ message }) => message);

describe('problems of how files are stored', () => {
  it('are plain uncompressed numbers, if they are large', () => {
    expect(told([column({})])).toEqual([
      'Column codes.list.element is stored plain and uncompressed (13.0 MB of INT32), as some versions of datasets write lists; most such numbers take less when they are encoded.',
    ]);
    for (const other of [
      { codecs: ['ZSTD'] },
      { codecs: ['UNCOMPRESSED', 'ZSTD'] },
      { encodings: ['DELTA_BINARY_PACKED'] },
      { bytes: 1000 },
      { type: 'BYTE_ARRAY' },
      { type: 'DOUBLE' },
    ])
      expect(told([column(other)])).toEqual([]);
  });

  it('are dictionaries that were given up', () => {
    expect(told([column({ dictionary: 'part', type: 'BYTE_ARRAY' })])[0]).toContain('began with a dictionary');
    expect(told([column({ dictionary: 'all', encodings: ['RLE_DICTIONARY'] })])).toEqual([]);
  });

  it('are row groups that are too large for the Hub’s viewer, or too many', () => {
    expect(told([], fragments(3, 286 * 2 ** 20))).toEqual([]);
    expect(told([], fragments(3, 286 * 2 ** 20 + 1))[0]).toContain('shows none of more than 300 MB');
    expect(told([], fragments(5000, 1000), 5 * MB)[0]).toContain('5,000 row groups of 1.00 kB on average');
    expect(told([], fragments(5000, MB), 5000 * MB)).toEqual([]);
  });
});

describe('the storage of several files', () => {
  it('is summed by column, and knows only what all of them say', () => {
    const sums = createStorageSums();
    const file = (own: InspectedStorage, rows: number) => ({
      writtenBy: 'x',
      fragments: [{ rows, bytes: rows * 2, uncompressedBytes: rows * 3 }],
      columns: [own],
      metadata: [],
    });
    sums.add(file(column({ nulls: 1, dictionary: 'all', bytes: 5 }), 10));
    sums.add(file(column({ nulls: 2, dictionary: 'none', bytes: 6, codecs: ['ZSTD'] }), 20));
    expect(sums.columns()).toEqual([
      column({
        codecs: ['UNCOMPRESSED', 'ZSTD'],
        bytes: 11,
        uncompressedBytes: 26 * MB,
        values: 2000,
        nulls: 3,
      }),
    ]);
    sums.add(file(column({}), 5));
    expect(sums.columns()[0]).not.toHaveProperty('nulls');
    expect(sums.columns()[0]).not.toHaveProperty('dictionary');
    sums.add(file(column({ type: 'INT64' }), 0));
    expect([sums.columns().length, sums.writtenBy()]).toEqual([2, ['x']]);
    expect(sums.fragments()).toEqual({
      count: 4,
      rows: { least: 0, most: 20 },
      bytes: { least: 0, most: 40 },
      uncompressedBytes: { least: 0, most: 60 },
    });
  });

  it('has a dictionary that was given up if any file has, and none where files differ', () => {
    const of = (...kinds: readonly InspectedStorage['dictionary'][]) => {
      const sums = createStorageSums();
      for (const dictionary of kinds)
        sums.add({ fragments: [], columns: [column(dictionary === undefined ? {} : { dictionary })], metadata: [] });
      return sums.columns()[0]!.dictionary;
    };
    expect([of('all', 'all'), of('all', 'none'), of('all', 'part'), of('part', undefined), of('none', 'none')]).toEqual(
      ['all', undefined, 'part', undefined, 'none'],
    );
  });

  it('is nothing without files', () => {
    const nothing = { least: 0, most: 0 };
    expect(createStorageSums().fragments()).toEqual({ count: 0, rows: nothing, bytes: nothing });
  });
});
