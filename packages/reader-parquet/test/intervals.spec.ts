import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaFromBytes } from '@riffle/columnar';
import { memoryFile, openDuckDB, rowsOf, sqlText } from '@riffle/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'riffle-reader-intervals-'));
let duckdb: Awaited<ReturnType<typeof openDuckDB>>;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => {
  duckdb.closeSync();
  rmSync(folder, { recursive: true });
});

/** Months, days and milliseconds, each 4 bytes little-endian, as hexadecimal digits. */
function stored(months: number, days: number, milliseconds: number): string {
  return `hex:${Buffer.from(new Uint32Array([months, days, milliseconds]).buffer).toString('hex')}`;
}

test.each([2 ** 20, 1000])(
  'intervals keep months, days and milliseconds, at any depth, in batches of %d bytes',
  async (targetBatchBytes) => {
    const path = join(folder, `${targetBatchBytes}.parquet`);
    const query = `SELECT i, to_months(i % 50) + to_days(i % 40) + to_milliseconds(i * 7) AS span,
    [NULL, to_years(i)] AS spans, {'other': i, 'span': to_days(i)} AS pair FROM range(1000) rows(i)`;
    await duckdb.run(`COPY (${query}) TO ${sqlText(path)} (FORMAT parquet)`);
    const file = memoryFile('file', new Uint8Array(readFileSync(path)));
    const reader = createParquetReader();
    const { schema, warnings } = await reader.survey(file);
    expect(String(schemaFromBytes(schema))).toBe(
      'Schema<{ 0: i: Int64, 1: span: FixedSizeBinary[12], 2: spans: List<FixedSizeBinary[12]>, 3: pair: Struct<{other:Int64, span:FixedSizeBinary[12]}> }>',
    );
    expect(warnings).toEqual([]);
    const rows = [];
    for await (const batch of reader.read(file, 0, { targetBatchBytes })) rows.push(...rowsOf(batch));
    expect(rows).toEqual(
      Array.from({ length: 1000 }, (_, i) => ({
        i: String(i),
        span: stored(i % 50, i % 40, i * 7),
        spans: [null, stored(12 * i, 0, 0)],
        pair: { other: String(i), span: stored(0, i, 0) },
      })),
    );
  },
);
