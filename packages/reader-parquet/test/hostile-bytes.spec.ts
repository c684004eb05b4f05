import { readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBadContent } from '@riffle/core';
import { heldBytes } from '@riffle/codec-parquet';
import { memoryFile, openDuckDB, seededRandom } from '@riffle/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'riffle-reader-hostile-'));
const files: Uint8Array[] = [];
const query = `SELECT i AS id, 'label ' || i % 9 AS label, hash(i)::VARCHAR AS text, [x * i FOR x IN range(i % 5)] AS codes,
  {'bytes': encode(repeat('x', (i % 30)::INTEGER)), 'path': i || '.wav'} AS audio, i * 0.25::DOUBLE AS score FROM range(300) rows(i)`;

beforeAll(async () => {
  const duckdb = await openDuckDB();
  for (const options of [
    'COMPRESSION snappy',
    'COMPRESSION zstd, ROW_GROUP_SIZE 2048',
    "COMPRESSION uncompressed, PARQUET_VERSION 'V2'",
    'COMPRESSION gzip',
  ]) {
    const path = join(folder, `${files.length}.parquet`);
    await duckdb.run(`COPY (${query}) TO '${path}' (FORMAT parquet, ${options})`);
    files.push(new Uint8Array(readFileSync(path)));
  }
  duckdb.closeSync();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Changes one to three bytes, half of them in the footer. */
function damage(good: Uint8Array, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const bytes = good.slice();
  const footer = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  for (let change = random.below(3); change >= 0; change--) {
    const at = random.below(2) === 0 ? bytes.length - 8 - random.below(footer) : random.below(bytes.length);
    bytes[at] = random.below(2) === 0 ? random.below(256) : bytes[at]! ^ (1 << random.below(8));
  }
  return bytes;
}

/** Rows that were read, or what was thrown. */
async function outcome(bytes: Uint8Array, targetBatchBytes: number): Promise<unknown> {
  const reader = createParquetReader();
  const file = memoryFile('damaged', bytes);
  let rows = 0;
  try {
    const { fragments } = await reader.survey(file);
    for (const fragment of fragments.keys()) {
      for await (const batch of reader.read(file, fragment, {
        targetBatchBytes,
        limits: { decodedBytes: 2 ** 24, ratio: 100 },
      }))
        rows += batch.numRows;
    }
    return rows;
  } catch (error) {
    return error;
  }
}

test('a damaged file is read or called bad content, in bounded memory, whole or in slices', async () => {
  const tally = { read: 0, bad: 0 };
  for (let seed = 0; seed < 600; seed++) {
    const result = await outcome(damage(files[seed % files.length]!, seed), seed % 3 === 0 ? 2000 : 2 ** 20);
    if (typeof result === 'number') tally.read++;
    else if (isBadContent(result)) tally.bad++;
    else throw new Error(`Seed ${seed}: neither rows nor bad content.`, { cause: result });
  }
  expect(tally.bad).toBeGreaterThan(200);
  expect(tally.read).toBeGreaterThan(20);
  expect(heldBytes()).toBeLessThan(64 * 2 ** 20);
}, 120_000);
