import { brotliCompressSync, crc32, gzipSync } from 'node:zlib';
import { isBadContent, type RiffleError } from '@riffle/core';
import { handmadeFile, memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import { describe, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';

const reader = createParquetReader();
const limits = { decodedBytes: 2 ** 20, ratio: 100 };

async function readRows(bytes: Uint8Array, targetBatchBytes = 2 ** 20): Promise<CanonicalRow[]> {
  const file = memoryFile('file', bytes);
  const { fragments } = await reader.survey(file);
  const rows: CanonicalRow[] = [];
  for (const fragment of fragments.keys())
    for await (const batch of reader.read(file, fragment, { targetBatchBytes, limits })) rows.push(...rowsOf(batch));
  return rows;
}

async function refusal(bytes: Uint8Array): Promise<RiffleError> {
  const thrown: unknown = await readRows(bytes).then(
    (rows) => `${rows.length} rows`,
    (error: unknown) => error,
  );
  if (!isBadContent(thrown)) throw new Error(`Not refused: ${String(thrown)}`, { cause: thrown });
  return thrown;
}

const text = (value: string) => new TextEncoder().encode(value);
const words = (...values: number[]) => new Uint8Array(Int32Array.from(values).buffer);
const good = { rows: 3, page: words(1, 2, 3) };
/** DELTA_BINARY_PACKED with a header that makes no sense. */
const trapping = handmadeFile({ rows: 3, page: words(-1, -1, -1), encoding: 5 });

describe('at survey', () => {
  test('a good file is read, so what follows is refused for its one fault', async () => {
    expect(await readRows(handmadeFile(good))).toEqual([{ value: '1' }, { value: '2' }, { value: '3' }]);
  });

  test.each([
    ['nothing', new Uint8Array(0), 'It is empty (0 bytes).'],
    [
      'a Git-LFS pointer',
      text('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n'),
      'It is not Parquet but a Git-LFS pointer',
    ],
    ['an HTML page', text('\n<!DOCTYPE html><html></html>'), 'It is not Parquet but an HTML page'],
    ['a gzip file', gzipSync('text'), 'It is not Parquet but a gzip file'],
    ['a zip archive', text('PK\u0003\u0004 and more'), 'It is not Parquet but a zip archive'],
    ['zero bytes', new Uint8Array(1000), 'It is not Parquet but zero bytes'],
    [
      'an encrypted footer',
      text(`PARE${'x'.repeat(100)}PARE`),
      'It is encrypted (an encrypted footer), which Riffle cannot read.',
    ],
    [
      'a file without its end',
      handmadeFile(good).subarray(0, 60),
      'It is truncated: no Parquet footer at its end, byte 60.',
    ],
    ['magic alone', text('PAR1PAR1'), 'It is truncated: no Parquet footer at its end, byte 8.'],
    [
      'a footer longer than the file',
      text('PAR1....\u00ff\u0001\u0000\u0000PAR1'),
      'Its footer is damaged: it declares a length of',
    ],
    [
      'counts that disagree',
      handmadeFile({ ...good, declared: { fileRows: 4 } }),
      'Its counts disagree: the footer declares 4 rows, its row groups 3.',
    ],
    [
      'a column with other values than rows',
      handmadeFile({ ...good, declared: { chunkValues: 2 } }),
      'Its counts disagree: column value of row group 0 has 2 values for 3 rows.',
    ],
    [
      'a column beyond the file',
      handmadeFile({ ...good, declared: { chunkStart: 400 } }),
      'Its footer is damaged: bytes 400 to',
    ],
    [
      'data in another file',
      handmadeFile({ ...good, declared: { filePath: '/etc/passwd' } }),
      'lies in another file, which Riffle does not follow.',
    ],
    [
      'LZO',
      handmadeFile({ ...good, codec: 3 }),
      'Column value of row group 0 is compressed with LZO, which Riffle cannot read.',
    ],
    ['a codec of the future', handmadeFile({ ...good, codec: 30 }), 'is compressed with number 30'],
    ['an encoding of the future', handmadeFile({ ...good, encoding: 30 }), 'is encoded with number 30'],
    ['a type of the future', handmadeFile({ ...good, physicalType: 30 }), 'a physical type of number 30'],
  ])('%s', async (_, bytes, reason) => {
    const error: unknown = await reader.survey(memoryFile('file', bytes)).catch((thrown: unknown) => thrown);
    expect([isBadContent(error), String(error)]).toEqual([true, String(error)]);
    expect((error as Error).message).toContain(reason);
  });
});

describe('when read', () => {
  test.each([
    [
      'a page with a wrong CRC',
      handmadeFile({ ...good, declared: { crc: 7 } }),
      'Column value of row group 0: A page CRC mismatch',
    ],
    [
      'a page that ends early',
      handmadeFile({ ...good, page: words(1, 2) }),
      'Column value of row group 0 cannot be decoded',
    ],
    [
      'a page of too few values',
      handmadeFile({ ...good, declared: { pageValues: 2 } }),
      'the pages hold 2 values, the footer declares 3.',
    ],
    [
      'a page of too many values',
      handmadeFile({ ...good, declared: { pageValues: 2 ** 30 } }),
      'the footer declares 3.',
    ],
    [
      'a size that snappy cannot reach',
      handmadeFile({ ...good, codec: 1, declared: { uncompressedBytes: 2 ** 30 } }),
      'its header declares 1073741824 bytes, more than 12 bytes of SNAPPY data can hold.',
    ],
    [
      'a size that differs without compression',
      handmadeFile({ ...good, declared: { uncompressedBytes: 2 ** 30 } }),
      'more than 12 bytes of UNCOMPRESSED data can hold',
    ],
    [
      'bytes that are not compressed as declared',
      handmadeFile({ ...good, codec: 2, declared: { uncompressedBytes: 12 } }),
      'Column value of row group 0 cannot be decoded',
    ],
    [
      'a page whose dictionary is missing',
      handmadeFile({ ...good, encoding: 8 }),
      'Column value of row group 0 cannot be decoded: a page refers to a dictionary that is not there.',
    ],
    [
      'what makes the codec trap',
      trapping,
      'Decoding column value of row group 0 made the codec stop without a message.',
    ],
    [
      'a page header of zero bytes',
      handmadeFile(good).fill(0, 4, 20),
      'Column value of row group 0: A page header is damaged: no sound one at byte 4 of the file.',
    ],
  ])('%s', async (_, bytes, reason) => {
    const error = await refusal(bytes);
    expect(error.message).toContain(reason);
    expect(error.details).toMatchObject({ rowGroup: 0, column: 'value' });
  });

  test('a thousand files that make the codec trap do it no harm', async () => {
    for (let file = 0; file < 1000; file++) expect((await refusal(trapping)).details['trap']).toBe(true);
    expect(await readRows(handmadeFile(good))).toHaveLength(3);
    expect(reader.heldBytes!()).toBeLessThan(32 * 2 ** 20);
  });

  test('a page with the right CRC is read', async () => {
    expect(await readRows(handmadeFile({ ...good, declared: { crc: crc32(good.page) } }))).toHaveLength(3);
  });

  test('a bomb is refused by its page headers, without decoding it', async () => {
    const zeros = Buffer.alloc(64 * 2 ** 20);
    const page = brotliCompressSync(zeros, { params: { 1: 1 } });
    const error = await refusal(
      handmadeFile({ rows: zeros.length / 4, page, codec: 4, declared: { uncompressedBytes: zeros.length } }),
    );
    expect(error.message).toMatch(
      /A decompression bomb: \d+ bytes of file decode to more than \d+ bytes \(limits: 1048576 bytes and 100 times/,
    );
    expect(reader.heldBytes!()).toBeLessThan(32 * 2 ** 20);
  });

  test('what decodes to much, but not out of proportion, is no bomb', async () => {
    const values = new Uint8Array(Int32Array.from({ length: 400_000 }, (_, index) => index * 7).buffer);
    const file = memoryFile('file', handmadeFile({ rows: 400_000, page: values }));
    let rows = 0;
    for await (const batch of reader.read(file, 0, { targetBatchBytes: 2 ** 20, limits })) rows += batch.numRows;
    expect(rows).toBe(400_000);
  });
});

describe('values that would not survive', () => {
  const int96 = (...values: (readonly [nanoseconds: bigint, julianDay: number])[]) => {
    const page = Buffer.alloc(values.length * 12);
    values.forEach(([nanoseconds, julianDay], index) => {
      page.writeBigInt64LE(nanoseconds, index * 12);
      page.writeInt32LE(julianDay, index * 12 + 8);
    });
    return handmadeFile({ rows: values.length, page, physicalType: 3 });
  };
  const day = 86_400_000_000_000n;
  // 2^63 − 1 nanoseconds after 1970 are on day 106,751, 85,636,854,775,807 nanoseconds after its midnight.
  const lastDay = 2_440_588 + 106_751;
  const lastNanosecond = 85_636_854_775_807n;

  test('INT96 within 64 bits of nanoseconds is exact to its ends', async () => {
    const rows = await readRows(
      int96(
        [0n, 2_440_588],
        [lastNanosecond, lastDay],
        [day - lastNanosecond - 1n, 2_440_588 - 106_752],
        [1n, 2_440_587],
      ),
    );
    expect(rows.map(({ value }) => value)).toEqual([
      '0',
      String(2n ** 63n - 1n),
      String(-(2n ** 63n)),
      String(1n - day),
    ]);
  });

  test.each([
    [
      'one nanosecond too late',
      int96([0n, 2_440_588], [lastNanosecond + 1n, lastDay]),
      1,
      '2262-04-11T23:47:16.854775808',
    ],
    [
      'one nanosecond too early',
      int96([day - lastNanosecond - 2n, 2_440_588 - 106_752]),
      0,
      '1677-09-21T00:12:43.145224191',
    ],
    ['the year 9999', int96([0n, 5_373_484]), 0, '9999-12-31T00:00:00.000000000'],
    ['day 0', int96([0n, 2_440_588], [0n, 2_440_588], [0n, 0]), 2, '-004713-11-24T00:00:00.000000000'],
    ['beyond all calendars', int96([5n, 2 ** 31 - 1]), 0, 'Julian day 2147483647, nanosecond 5'],
    ['more nanoseconds than a day has', int96([2n ** 63n - 1n, 2_440_589]), 0, '2262-04-12T23:47:16.854775807'],
  ])('INT96: %s', async (_, bytes, row, value) => {
    const error = await refusal(bytes);
    expect(error.code).toBe('UNSUPPORTED_CONTENT');
    expect(error.message).toBe(
      `Column value of row group 0 holds ${value} in row ${row}, a timestamp outside 1677-09-21 to 2262-04-11, which would not survive unchanged.`,
    );
    expect(error.details).toMatchObject({ rowGroup: 0, column: 'value', row, value });
  });

  test('INT96: the row is found in slices, too', async () => {
    const values = Array.from({ length: 5000 }, (_, index) => [BigInt(index), 2_440_588] as readonly [bigint, number]);
    const bytes = int96(...values.with(4321, [0n, 0]));
    const file = memoryFile('file', bytes);
    const rows = reader.read(file, 0, { targetBatchBytes: 1000, limits });
    await expect(rows[Symbol.asyncIterator]().next()).rejects.toMatchObject({ details: { row: 4321 } });
  });
});

test('options are refused, since there are none', () => {
  expect(() => createParquetReader({ fast: true })).toThrow('The Parquet reader has no options');
  expect(createParquetReader({}).name).toBe('parquet');
});
