import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DataType,
  Field,
  FixedSizeBinary,
  LargeUtf8,
  List,
  RecordBatch,
  Schema,
  Struct,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  Utf8,
  Binary,
  Int32,
} from 'apache-arrow';
import { LABEL_KEY } from '@riffle/codec-parquet';
import { makeBatch, openDuckDB, queryRows, sqlText } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { footerOf } from '../src/encoded-chunk.ts';
import { readBatches, readRows, writeFile } from './write-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'riffle-writer-labels-'));
let duckdb: Awaited<ReturnType<typeof openDuckDB>>;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => {
  duckdb.closeSync();
  rmSync(folder, { recursive: true });
});

function labelled(name: string, type: DataType, label: string): Field {
  return new Field(
    name,
    type,
    true,
    new Map([
      ['unit', 'm'],
      [LABEL_KEY, label],
    ]),
  );
}

/** The batch under a schema of the same types. */
function under(schema: Schema, batch: RecordBatch): RecordBatch {
  return new RecordBatch(schema, batch.data);
}

const UTC = 'TIME(isAdjustedToUTC=true)';
const fields = [
  labelled('uuid', new FixedSizeBinary(16), 'UUID'),
  labelled('json', new Utf8(), 'JSON'),
  labelled('large_json', new LargeUtf8(), 'JSON'),
  labelled('enum', new Binary(), 'ENUM'),
  labelled('bson', new Binary(), 'BSON'),
  labelled('ms', new TimeMillisecond(), UTC),
  labelled('us', new TimeMicrosecond(), UTC),
  labelled('ns', new TimeNanosecond(), UTC),
  labelled('interval', new FixedSizeBinary(12), 'INTERVAL'),
  new Field('plain', new TimeMicrosecond(), true),
  new Field('list', new List(labelled('item', new FixedSizeBinary(16), 'UUID')), true),
  new Field('struct', new Struct([new Field('a', new Int32(), true), labelled('b', new Utf8(), 'JSON')]), true),
];
const schema = new Schema(fields);

async function written(of: Schema) {
  const batch = under(of, makeBatch(of, { rows: 50, seed: 1, nullShare: 0.2 }));
  const { bytes } = await writeFile([batch]);
  const path = join(folder, `${Math.random()}.parquet`);
  writeFileSync(path, bytes);
  return { batch, bytes, path };
}

describe('labels of leaves', () => {
  test('stand in the footer as DuckDB reads it', async () => {
    const { path } = await written(schema);
    const rows = await queryRows(
      duckdb,
      `SELECT name, converted_type, logical_type FROM parquet_schema(${sqlText(path)}) WHERE num_children IS NULL ORDER BY column_id`,
    );
    const utc = (unit: string) =>
      expect.stringMatching(`^TimeType\\(isAdjustedToUTC=1, .*${unit}=${unit[0]}[a-z]+Seconds`);
    expect(rows.map((row) => [row['name'], row['converted_type'], row['logical_type']])).toEqual([
      ['uuid', null, 'UUIDType()'],
      ['json', 'JSON', 'JsonType()'],
      ['large_json', 'JSON', 'JsonType()'],
      ['enum', 'ENUM', 'EnumType()'],
      ['bson', null, 'BsonType()'],
      ['ms', 'TIME_MILLIS', utc('MILLIS')],
      ['us', 'TIME_MICROS', utc('MICROS')],
      ['ns', null, utc('NANOS')],
      ['interval', 'INTERVAL', null],
      ['plain', 'TIME_MICROS', expect.stringContaining('isAdjustedToUTC=0')],
      ['item', null, 'UUIDType()'],
      ['a', null, null],
      ['b', 'JSON', 'JsonType()'],
    ]);
  });

  test('do not change rows, pages or the Arrow schema', async () => {
    // parquet-wasm, which reads here, takes 12 bytes with a label for days and milliseconds.
    const others = fields.filter(({ name }) => name !== 'interval');
    const { batch, bytes } = await written(new Schema(others));
    const bare = await writeFile([
      under(new Schema(others.map(({ name, type }) => new Field(name, type, true))), batch),
    ]);
    expect(readRows(bytes)).toEqual(readRows(bare.bytes));
    const [{ schema: read }] = readBatches(bytes) as [RecordBatch];
    expect(String(read)).toBe(String(new Schema(others)));
    expect([...read.fields[0]!.metadata]).toEqual([['unit', 'm']]);
    const arrow = Buffer.from(footerOf(bytes).keyValues.get('ARROW:schema')!, 'base64');
    expect([arrow.includes('unit'), arrow.includes(LABEL_KEY)]).toEqual([true, false]);
  });

  test.each([
    ['UUID', new FixedSizeBinary(15)],
    ['UUID', new Binary()],
    ['INTERVAL', new FixedSizeBinary(16)],
    ['JSON', new Int32()],
    ['ENUM', new FixedSizeBinary(16)],
    ['BSON', new TimeMillisecond()],
    [UTC, new Utf8()],
    [UTC, new Int32()],
    [UTC, new TimeSecond()],
    ['GEOMETRY', new Binary()],
    ['STRING', new Binary()],
    ['', new Binary()],
  ])('%s does not fit %s, and is left out', async (label, type) => {
    const { bytes, batch } = await written(new Schema([labelled('value', type, label)]));
    const bare = await writeFile([
      under(new Schema([new Field('value', type, true, new Map([['unit', 'm']]))]), batch),
    ]);
    expect(Buffer.from(bytes)).toEqual(Buffer.from(bare.bytes));
  });
});
