import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDB, parquetTable, queryRows } from '../duckdb/open-duckdb.ts';
import { handmadeFile, type HandmadeFile } from './handmade-file.ts';

let folder: string;
let duckdb: DuckDBConnection;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'testkit-handmade-'));
  duckdb = await openDuckDB();
});
afterAll(() => {
  duckdb.closeSync();
  rmSync(folder, { recursive: true });
});

const good: HandmadeFile = { rows: 3, page: new Uint8Array(Int32Array.of(1, -2, 300).buffer) };
function read(name: string, file: HandmadeFile): Promise<Record<string, unknown>[]> {
  writeFileSync(join(folder, name), handmadeFile(file));
  return queryRows(duckdb, `SELECT * FROM ${parquetTable(join(folder, name))}`);
}

it('is read by DuckDB', async () => {
  expect(await read('good', good)).toEqual([{ value: 1 }, { value: -2 }, { value: 300 }]);
});

it('is refused by DuckDB for what it declares', async () => {
  await expect(read('few', { ...good, declared: { chunkStart: 4000 } })).rejects.toThrow(/./);
  await expect(read('codec', { ...good, codec: 2 })).rejects.toThrow(/./);
});
