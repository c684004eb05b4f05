import type { ColumnChunk, PageHeader } from '@riffle/codec-parquet';
import { expect, it } from 'vitest';
import { decodeList } from './decode-list.ts';

it('takes no memory for a dictionary that only its header says is large', () => {
  const page: PageHeader = {
    kind: 'DICTIONARY_PAGE',
    encoding: 'PLAIN',
    values: 2 ** 30,
    rows: undefined,
    uncompressedBytes: 64,
    levels: undefined,
    packedLevels: false,
    crc: undefined,
    headerStart: 0,
    start: 0,
    end: 64,
  };
  const leaf = { maximumDefinitionLevel: 3, maximumRepetitionLevel: 1 };
  const chunk = { leaf, codec: 'UNCOMPRESSED', values: 100 } as ColumnChunk;
  let largest = 0;
  const allocate = (bytes: number) => {
    largest = Math.max(largest, bytes);
    return new Uint8Array(Math.min(bytes, 2 ** 20));
  };
  expect(decodeList(chunk, [page], new Uint8Array(64), 10, 4, { empty: 1 }, allocate)).toBeUndefined();
  expect(largest).toBeLessThan(1000);
});
