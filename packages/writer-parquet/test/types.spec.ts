import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDB, parquetTable, queryRows, rowsOf, typeCatalogue } from '@riffle/testkit';
import { encodingsFor } from '../src/leaf-encoding.ts';
import { leavesOf } from '../src/leaves.ts';
import { footerOf } from '../src/encoded-chunk.ts';
import { readRows, tuningOf, encodeAtOnce, writeFile } from './write-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'riffle-writer-'));
let duckdb: Awaited<ReturnType<typeof openDuckDB>>;
beforeAll(async () => void (duckdb = await openDuckDB()));
afterAll(() => {
  duckdb.closeSync();
  rmSync(folder, { recursive: true });
});

function saved(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return parquetTable(path);
}

let files = 0;
/** Rows that DuckDB reads, and how many of them it reads differently from the two files. */
async function compared(left: Uint8Array, right: Uint8Array): Promise<unknown> {
  const [one, other] = [saved(`${files}-left.parquet`, left), saved(`${files++}-right.parquet`, right)];
  const sql = `SELECT count(*)::INT AS rows, count(*) FILTER (l.value IS DISTINCT FROM r.value)::INT AS different FROM ${one} l POSITIONAL JOIN ${other} r`;
  return (await queryRows(duckdb, sql))[0];
}

describe('every Arrow type in every shape, in all its encodings', () => {
  const cases = typeCatalogue.filter(({ type }) => !type.startsWith('dictionary'));

  // The catalogue has milliseconds beyond the microseconds that DuckDB converts them to on reading.
  const beyondDuckDB = ['timestamp[ms]', 'timestamp[ms, UTC]'];

  test.each(cases)('$title', async ({ type, make }) => {
    const batches = [make(40, 1), make(1, 2), make(157, 3), make(2, 4)];
    const expected = batches.flatMap((batch) => rowsOf(batch));
    const schema = batches[0]!.schema;
    const reference = encodeAtOnce(batches);
    const paths = leavesOf(schema).map(({ path }) => path);
    const choices = footerOf(reference).leaves.map(({ element }) => encodingsFor(element.physicalType!));
    const rounds = Math.max(...choices.map((choice) => choice.length));
    for (let round = 0; round < rounds; round++) {
      const tuning = tuningOf(paths, ...choices.map((choice, leaf) => choice[(round + leaf) % choice.length]!));
      const { bytes, rows } = await writeFile(batches, { schema, tuning });
      expect(rows).toBe(expected.length);
      expect(readRows(bytes)).toEqual(expected);
      if (!beyondDuckDB.includes(type))
        expect(await compared(bytes, reference)).toEqual({ rows: expected.length, different: 0 });
    }
  });
});
