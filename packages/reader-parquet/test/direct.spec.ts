import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { isBadContent } from '@riffle/core';
import { loadParquetWasm } from '@riffle/codec-parquet';
import { memoryFile, openDuckDB, rowsOf, sqlText, type CanonicalRow } from '@riffle/testkit';
import { Table, tableFromIPC, type Data, type RecordBatch } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';
import { writeParquet, type WriterSettings } from './write-parquet.ts';

/** Columns that are decoded past the codec are compared with what the codec gives. */
const reader = createParquetReader();
const folder = mkdtempSync(join(tmpdir(), 'riffle-direct-'));
let duckdb: Awaited<ReturnType<typeof openDuckDB>>;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => {
  duckdb.closeSync();
  rmSync(folder, { recursive: true });
});

const WHOLE = 256 * 2 ** 20;
const codecMemory = () => loadParquetWasm().exports.memory.buffer;

function leavesOf(data: Data): Data[] {
  return data.children.length === 0 ? [data] : data.children.flatMap(leavesOf);
}

interface Read {
  readonly rows: readonly CanonicalRow[];
  /** Leaves whose values do not lie in the codec's memory. */
  readonly direct: number;
}

async function read(bytes: Uint8Array, targetBatchBytes = WHOLE): Promise<Read> {
  const file = memoryFile('file', bytes);
  const { fragments } = await reader.survey(file);
  const rows: CanonicalRow[] = [];
  let direct = 0;
  for (const fragment of fragments.keys())
    for await (const batch of reader.read(file, fragment, { targetBatchBytes })) {
      rows.push(...rowsOf(batch));
      direct = leavesOf(batch.data).filter(({ values }) => values?.buffer !== codecMemory()).length;
    }
  return { rows, direct };
}

function byCodec(bytes: Uint8Array): readonly CanonicalRow[] {
  const { glue } = loadParquetWasm();
  return tableFromIPC(glue.readParquet(bytes).intoIPCStream()).batches.flatMap((batch) => rowsOf(batch));
}

async function fromDuckDB(query: string, options = 'COMPRESSION snappy'): Promise<Uint8Array> {
  const path = join(folder, `${Math.random()}.parquet`);
  await duckdb.run(`COPY (${query}) TO ${sqlText(path)} (FORMAT parquet, ROW_GROUP_SIZE 100000, ${options})`);
  return readFileSync(path);
}

/** The same rows as parquet-wasm writes them. */
function rewritten(bytes: Uint8Array, settings: WriterSettings): Uint8Array {
  const { glue } = loadParquetWasm();
  const table = tableFromIPC(glue.readParquet(bytes).intoIPCStream());
  const [batch] = new Table(table.batches).batches as [RecordBatch];
  return writeParquet(batch, settings);
}

const codes = (type: string, from: string) =>
  `list_transform(range(20 + (hash(i) % 30)::INTEGER), lambda k: (${from})::${type})`;
const ragged = `CASE WHEN i % 11 = 0 THEN NULL WHEN i % 7 = 0 THEN [] ELSE ${codes('INTEGER', 'hash(i, k) % 1000')} END`;
const columns: Readonly<Record<string, string>> = {
  'codes out of 1,024': codes('INTEGER', 'hash(i, k) % 1024'),
  'negative codes': codes('INTEGER', '(hash(i, k) % 1024)::INTEGER - 512'),
  'all 32 bits': codes('INTEGER', '(hash(i, k) % 4294967296)::BIGINT - 2147483648'),
  'unsigned, all 32 bits': codes('UINTEGER', 'hash(i, k) % 4294967296'),
  'ascending 64 bits': codes('BIGINT', '1700000000000 + i * 1000 + k'),
  '64 bits beyond 2^53': codes('BIGINT', '(hash(i, k) >> 1)::BIGINT - 4611686018427387904'),
  'few of 64 bits': codes('BIGINT', '9223372036854775807 - hash(i, k) % 5'),
  floats: codes('FLOAT', 'hash(i, k) % 1000 / 7'),
  doubles: codes('DOUBLE', 'hash(i, k) % 1000 / 7'),
  'one value': codes('INTEGER', '7'),
  'null and empty lists': ragged,
  'empty lists': `CASE WHEN i % 7 = 0 THEN [] ELSE ${codes('INTEGER', 'k')} END`,
};
const around = `i AS id, 'row ' || i AS text`;

describe.each(Object.entries(columns))('lists of %s', (_, column) => {
  const query = `SELECT ${around}, ${column} AS codes, i % 3 AS label FROM range(1500) rows(i)`;

  test.each(['COMPRESSION snappy', 'COMPRESSION uncompressed', 'COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 1'])(
    'by DuckDB, %s',
    async (options) => {
      const bytes = await fromDuckDB(query, options);
      const { rows } = await read(bytes);
      expect(rows).toEqual(byCodec(bytes));
    },
  );

  test('by parquet-wasm, in its encodings', async () => {
    const { Encoding } = loadParquetWasm().glue;
    const source = await fromDuckDB(query);
    const settings: readonly WriterSettings[] = [
      (builder) => builder.setDictionaryEnabled(true).setCompression(1),
      (builder) => builder.setDictionaryEnabled(false).setEncoding(Encoding.PLAIN).setCompression(0),
      (builder) => builder.setDictionaryEnabled(false).setEncoding(Encoding.PLAIN).setDataPageSizeLimit(3000),
    ];
    const all =
      column.includes('FLOAT') || column.includes('DOUBLE')
        ? settings
        : [
            ...settings,
            (builder: Parameters<WriterSettings>[0]) =>
              builder
                .setColumnEncoding('codes.list.element', Encoding.DELTA_BINARY_PACKED)
                .setColumnDictionaryEnabled('codes.list.element', false)
                .setDataPageSizeLimit(9000),
          ];
    for (const setting of all) {
      const bytes = rewritten(source, setting);
      const { rows } = await read(bytes);
      expect(rows).toEqual(byCodec(bytes));
    }
  });
});

test('what it is for is decoded past the codec', async () => {
  const codesQuery = `SELECT ${around}, ${columns['codes out of 1,024']!} AS codes FROM range(1500) rows(i)`;
  for (const options of ['COMPRESSION snappy', 'COMPRESSION uncompressed']) {
    expect((await read(await fromDuckDB(codesQuery, options))).direct).toBe(1);
    const audio = `SELECT ${around}, {'bytes': encode(repeat('a', 20)) || ${bytesOf}, 'path': 'clip ' || i} AS audio FROM range(60) rows(i)`;
    expect((await read(await fromDuckDB(audio, options))).direct).toBe(1);
  }
  // Null elements, compressible bytes, short lists, and what is compressed otherwise are left to the codec.
  const others = [
    `SELECT list_transform(range(50), lambda k: CASE WHEN k = 3 THEN NULL ELSE k END) AS codes FROM range(1500)`,
    `SELECT encode(repeat('all the same ', 1000)) AS bytes FROM range(50)`,
    `SELECT [i] AS codes FROM range(5000) rows(i)`,
  ];
  for (const query of others) {
    const bytes = await fromDuckDB(query);
    const { rows, direct } = await read(bytes);
    expect(direct).toBe(0);
    expect(rows).toEqual(byCodec(bytes));
  }
  expect((await read(await fromDuckDB(codesQuery, 'COMPRESSION zstd'))).direct).toBe(0);
});

/** Bytes that do not compress. */
const bytesOf = `unhex(array_to_string(list_transform(range(400), lambda k: md5(concat(i, '-', k))), ''))`;

test.each([
  `{'bytes': ${bytesOf}, 'path': 'clip ' || i}`,
  bytesOf,
  `CASE WHEN i % 5 = 0 THEN NULL ELSE {'bytes': ${bytesOf}, 'path': 'clip ' || i} END`,
  `{'bytes': CASE WHEN i % 5 = 0 THEN NULL ELSE ${bytesOf} END, 'path': NULL}`,
  `{'a': {'bytes': ${bytesOf}, 'rate': i}, 'b': {'bytes': ${bytesOf}}}`,
  `CASE WHEN i % 9 = 0 THEN encode('') ELSE ${bytesOf} END`,
])('large byte strings: %s', async (audio) => {
  const query = `SELECT ${around}, ${audio} AS audio, i % 3 AS label FROM range(60) rows(i)`;
  for (const options of ['COMPRESSION snappy', 'COMPRESSION uncompressed']) {
    const bytes = await fromDuckDB(query, options);
    const paged = rewritten(bytes, (builder) =>
      builder.setDictionaryEnabled(false).setCompression(1).setDataPageSizeLimit(9000),
    );
    for (const file of [bytes, paged])
      for (const target of [WHOLE, 200_000, 30_000, 1000])
        expect((await read(file, target)).rows).toEqual(byCodec(file));
  }
});

test('slices are decoded past the codec, until something is unusual', async () => {
  const halfLast = `CASE WHEN i = 50 THEN NULL ELSE ${bytesOf} END AS audio`;
  for (const options of ['COMPRESSION snappy', 'COMPRESSION uncompressed']) {
    const sound = await fromDuckDB(`SELECT ${around}, ${bytesOf} AS audio FROM range(60) rows(i)`, options);
    expect((await read(sound, 50_000)).direct).toBe(1);
    const mixed = await fromDuckDB(`SELECT ${around}, ${halfLast} FROM range(60) rows(i)`, options);
    const paged = rewritten(mixed, (builder) =>
      builder.setDictionaryEnabled(false).setCompression(1).setDataPageSizeLimit(9000).setWriteBatchSize(1),
    );
    const directs: number[] = [];
    const file = memoryFile('file', paged);
    const { fragments } = await reader.survey(file);
    expect(fragments).toHaveLength(1);
    for await (const batch of reader.read(file, 0, { targetBatchBytes: 30_000 }))
      directs.push(leavesOf(batch.data).filter(({ values }) => values?.buffer !== codecMemory()).length);
    expect(directs[0]).toBe(1);
    expect(directs.at(-1)).toBe(0);
    expect((await read(paged, 30_000)).rows).toEqual(byCodec(paged));
  }
});

test('a page of any size takes the memory of a slice', async () => {
  const path = join(folder, 'large-page.parquet');
  await duckdb.run(`COPY (SELECT ${bytesOf} AS audio FROM range(5000) rows(i)) TO ${sqlText(path)} (FORMAT parquet)`);
  expect(statSync(path).size).toBeGreaterThan(30e6);
  // In a process of its own: memory of the codec never shrinks.
  const script = fileURLToPath(new URL('measure-memory.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, path, String(2 ** 20)]);
  const { rows, heldBytes: held } = JSON.parse(stdout) as { rows: number; heldBytes: number };
  expect(rows).toBe(5000);
  expect(held).toBeLessThan(10e6);
});

test('damage is found as it is without: the same rows, or none', async () => {
  const lists = await fromDuckDB(`SELECT ${columns['codes out of 1,024']!} AS codes FROM range(300) rows(i)`);
  const { Encoding } = loadParquetWasm().glue;
  const sources = [
    lists,
    rewritten(lists, (builder) =>
      builder
        .setDictionaryEnabled(false)
        .setEncoding(Encoding.DELTA_BINARY_PACKED)
        .setDataPageSizeLimit(5000)
        .setCompression(0),
    ),
    await fromDuckDB(`SELECT ${bytesOf} AS audio FROM range(9) rows(i)`),
  ];
  const outcome = (bytes: Uint8Array, target: number) =>
    read(bytes, target).then(
      ({ rows }) => textOf(rows),
      (error: unknown) => (isBadContent(error) ? 'refused' : String(error)),
    );
  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.nat(2 ** 30 - 1), fc.nat(255), async (which, place, value) => {
      const bytes = Uint8Array.from(sources[which]!);
      // Of the footer the reader makes one of its own, which may lack what the codec stumbles over.
      const footerBytes = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
      bytes[place % (bytes.length - 8 - footerBytes)] = value;
      // In slices lists go through the codec, and byte strings through a stream.
      const whole = await outcome(bytes, WHOLE);
      expect(await outcome(bytes, 4000)).toEqual(whole);
      if (which === 2 && whole !== 'refused') expect(textOf(byCodec(bytes))).toEqual(whole);
    }),
    { numRuns: 400 },
  );
}, 120_000);

function textOf(rows: readonly CanonicalRow[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
