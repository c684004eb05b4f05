import {
  copiedParts,
  fileMetadataField,
  keyValueField,
  listPart,
  readFooter,
  structBytes,
  textPart,
  thriftType,
} from '@riffle/codec-parquet';
import { schemaFromBytes, schemaToBytes } from '@riffle/columnar';
import { makeBatch, memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import { Binary, BinaryView, Field, Int32, List, Schema, Utf8, Utf8View, type DataType } from 'apache-arrow';
import { expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';
import { writeParquet } from './write-parquet.ts';

/** The file with another Arrow schema noted in its key-value pairs. */
async function withArrowSchema(bytes: Uint8Array, schema: Schema): Promise<Uint8Array> {
  const footer = await readFooter(memoryFile('file', bytes));
  const pair = structBytes([
    textPart(keyValueField.key, 'ARROW:schema'),
    textPart(keyValueField.value, Buffer.from(schemaToBytes(schema)).toString('base64')),
  ]);
  const others = [...footer.fields.keys()].filter((id) => id !== fileMetadataField.keyValues);
  const metadata = structBytes([
    ...copiedParts(footer.bytes, footer.fields, others),
    listPart(fileMetadataField.keyValues, thriftType.struct, [pair]),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.length);
  return new Uint8Array(
    Buffer.concat([bytes.subarray(0, bytes.length - 8 - footer.bytes.length), metadata, length, Buffer.from('PAR1')]),
  );
}

const schemaOf = (text: DataType, bytes: DataType, item: DataType): Schema =>
  new Schema([
    new Field('id', new Int32(), false),
    new Field('text', text, true),
    new Field('bytes', bytes, true),
    new Field('list', new List(new Field('item', item, true)), true),
  ]);

test('columns of views, as polars notes them, come as plain columns, whole and in slices', async () => {
  const batch = makeBatch(schemaOf(new Utf8(), new Binary(), new Utf8()), { rows: 6000, seed: 1, nullShare: 0.2 });
  const plain = writeParquet(batch, (builder) =>
    builder.setDictionaryEnabled(false).setDataPageSizeLimit(4000).setWriteBatchSize(64),
  );
  const noted = await withArrowSchema(plain, schemaOf(new Utf8View(), new BinaryView(), new Utf8View()));
  const file = memoryFile('views', noted);
  const reader = createParquetReader();
  const survey = await reader.survey(file);
  expect(String(schemaFromBytes(survey.schema))).toBe(String(batch.schema));
  for (const targetBatchBytes of [2 ** 24, 20_000]) {
    const found: CanonicalRow[] = [];
    for await (const part of reader.read(file, 0, { targetBatchBytes })) {
      expect(String(part.schema)).toBe(String(batch.schema));
      found.push(...rowsOf(part));
    }
    expect(found).toEqual(rowsOf(batch));
  }
});
