import { makeBatch, memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import {
  Field,
  FixedSizeBinary,
  Int32,
  List,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  Utf8,
  type Data,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import {
  frameCut,
  loadParquetWasm,
  parsePageHeader,
  parseRowGroup,
  planCut,
  planDictionaryCut,
  planLeafCut,
  planRawCut,
  readFooter,
  type Cut,
} from '../src/index.ts';

const { glue } = loadParquetWasm();

const schema = new Schema([
  new Field('id', new Int32(), false),
  new Field('text', new Utf8(), true),
  new Field(
    'nested',
    new List(
      new Field(
        'item',
        new Struct([new Field('raw', new FixedSizeBinary(12), true), new Field('word', new Utf8(), true)]),
        true,
      ),
    ),
    true,
  ),
]);
const batch = makeBatch(schema, { rows: 500, seed: 3, nullShare: 0.3 });

const properties = new glue.WriterPropertiesBuilder().setMaxRowGroupSize(200).build();
const bytes = glue.writeParquet(glue.Table.fromIPCStream(tableToIPC(new Table([batch]), 'stream')), properties);

function small(cut: Cut): Uint8Array {
  const target = new Uint8Array(cut.length);
  for (const { sourceOffset, length, offset } of cut.pieces)
    target.set(bytes.subarray(sourceOffset, sourceOffset + length), offset);
  frameCut(cut, target);
  return target;
}

const decode = (file: Uint8Array) => tableFromIPC(glue.readParquet(file).intoIPCStream());
const rowsIn = (file: Uint8Array): CanonicalRow[] => decode(file).batches.flatMap((part) => rowsOf(part));
const leaf = (data: Data): Data => (data.children[0] === undefined ? data : leaf(data.children[0]));

describe('a row group cut out', () => {
  test('is a file of its rows', async () => {
    const footer = await readFooter(memoryFile('file', bytes));
    expect(footer.rowGroups).toHaveLength(3);
    const parts = footer.rowGroups.map((_, index) => small(planCut(footer, parseRowGroup(footer, index))));
    expect(parts.flatMap(rowsIn)).toEqual(rowsOf(batch));
    for (const part of parts) expect(part.length).toBeLessThan(bytes.length / 2);
  });

  test('is at most as large as its source when all chunks claim the same bytes', async () => {
    const footer = await readFooter(memoryFile('file', bytes));
    const rowGroup = parseRowGroup(footer, 0);
    const many = Array.from({ length: 1000 }, () => rowGroup.chunks[1]!);
    const cut = planCut(footer, rowGroup, many);
    expect(cut.pieces).toHaveLength(1);
    expect(cut.pieces[0]!.length).toBe(rowGroup.chunks[1]!.compressedBytes);
  });

  test('can be one leaf alone, its values converted or as they are stored', async () => {
    const footer = await readFooter(memoryFile('file', bytes));
    const rowGroup = parseRowGroup(footer, 1);
    const [, text, raw, word] = rowGroup.chunks;
    expect([text, raw, word].map((chunk) => chunk!.leaf.path.join('.'))).toEqual([
      'text',
      'nested.list.item.raw',
      'nested.list.item.word',
    ]);
    const expected = rowsOf(batch.slice(200, 400));
    expect(rowsIn(small(planLeafCut(footer, rowGroup, text!)))).toEqual(expected.map((row) => ({ text: row['text'] })));
    const items = expected.flatMap((row) => (row['nested'] as readonly ({ raw: string | null } | null)[] | null) ?? []);
    const stored = decode(small(planRawCut(footer, rowGroup, raw!))).batches.map((part) => leaf(part.data));
    const values = stored.flatMap((data) =>
      Array.from({ length: data.length }, (_, index) =>
        data.getValid(index)
          ? `hex:${Buffer.from((data.values as Uint8Array).subarray(index * 12, index * 12 + 12)).toString('hex')}`
          : null,
      ),
    );
    expect(values).toEqual(items.map((item) => item?.raw ?? null));
  });

  test('can be the values of a dictionary', async () => {
    const footer = await readFooter(memoryFile('file', bytes));
    const rowGroup = parseRowGroup(footer, 2);
    const chunk = rowGroup.chunks[1]!;
    const page = parsePageHeader(bytes.subarray(chunk.start), 0, chunk.leaf);
    expect(page.kind).toBe('DICTIONARY_PAGE');
    const values = rowsIn(small(planDictionaryCut(footer, rowGroup, chunk, page))).map(({ text }) => text);
    const texts = rowsOf(batch.slice(400, 500)).flatMap(({ text }) =>
      text === null ? [] : [`hex:${Buffer.from(text as string).toString('hex')}`],
    );
    expect(values).toEqual([...new Set(texts)]);
  });
});
