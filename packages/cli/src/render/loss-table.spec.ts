import type { CollectionLosses } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { lossTable } from './loss-table.ts';

const loss = (collection: string, more: Partial<CollectionLosses>): CollectionLosses => ({
  collection,
  shards: 0,
  salvaged: 0,
  ofShards: 20,
  rows: 0,
  ofRows: 1000,
  percent: 0,
  kinds: [],
  ...more,
});

describe('lossTable', () => {
  it('says of every collection how much was lost, and why', () => {
    expect(
      lossTable([
        loss('tts', {
          shards: 3,
          percent: 15,
          rows: 12,
          kinds: [
            { kind: 'missing', shards: 2, rows: 0 },
            { kind: 'checksum', shards: 1, rows: 12 },
          ],
        }),
        loss('songs \u001b[31m', {
          salvaged: 2,
          rows: 1234,
          ofRows: 9999,
          percent: 12.3411,
          kinds: [{ kind: 'page', shards: 2, rows: 1234 }],
        }),
        loss('both', { shards: 1, salvaged: 1, percent: 5, kinds: [{ kind: 'truncated', shards: 2, rows: 0 }] }),
      ]),
    ).toEqual([
      'Losses',
      '  collection   shards              known rows      lost    why',
      '  tts          3 of 20             12 of 1,000     15.00%  not there 2, page CRC mismatch 1',
      '  songs \uFFFD[31m  2 in part of 20     1,234 of 9,999  12.34%  damaged page 2',
      '  both         1, 1 in part of 20  unknown         5.00%   truncated 2',
    ]);
  });

  it('is nothing where nothing was lost, and no endless list', () => {
    expect(lossTable([])).toEqual([]);
    const lines = lossTable(Array.from({ length: 50 }, (_, index) => loss(`c${index}`, { shards: 1 })));
    expect(lines).toHaveLength(33);
    expect(lines.at(-1)).toBe('  … and 20 more collections, in the report');
  });
});
