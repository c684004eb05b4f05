import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBadContent } from '@riffle/core';
import { falsifyCounts, memoryFile, openDuckDB } from '@riffle/testkit';
import { afterAll, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'riffle-reader-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

// Values of a list column are counted apart from rows, so the footer alone looks sound.
test.each([1, 300, 399])(
  'footer and row group declare %d rows too few: refused, and no row too many is given out',
  async (few) => {
    const path = join(folder, `${few}.parquet`);
    const duckdb = await openDuckDB();
    await duckdb.run(`COPY (SELECT [i, i] AS codes FROM range(400) rows(i)) TO '${path}' (FORMAT parquet)`);
    duckdb.closeSync();
    await falsifyCounts(path, 'row group', -few);
    const reader = createParquetReader();
    const file = memoryFile('file', new Uint8Array(readFileSync(path)));
    expect((await reader.survey(file)).rows).toBe(400 - few);
    for (const targetBatchBytes of [2 ** 20, 400]) {
      let rows = 0;
      const thrown: unknown = await (async () => {
        for await (const batch of reader.read(file, 0, { targetBatchBytes })) rows += batch.numRows;
      })().catch((error: unknown) => error);
      expect([isBadContent(thrown), String(thrown)]).toEqual([
        true,
        expect.stringMatching(/counts disagree|end within a row|cannot be decoded/),
      ]);
      expect(rows).toBeLessThanOrEqual(400 - few);
    }
  },
);
