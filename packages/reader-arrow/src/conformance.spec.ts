import { describeReader, makeBatch, memoryFile, rowsOf, typeCatalogue, type ReaderSample } from '@riffle/testkit';
import {
  Binary,
  Field,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
  type Data,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import createArrowReader from './index.ts';

const schema = new Schema([
  new Field('id', new Int32(), true),
  new Field('text', new Utf8(), true),
  new Field('sound', new Binary(), true),
]);

/** Batches of so many rows; both layouts. */
function sample(name: string, layout: 'file' | 'stream', rows: readonly number[]): ReaderSample {
  const batches = rows.map((count, seed) => makeBatch(schema, { rows: count, seed, nullShare: 0.2 }));
  const bytes = tableToIPC(new Table(schema, batches), layout);
  return { name, rows: batches.flatMap(rowsOf), bytes };
}

/** More than a fragment takes: batches of 2 MB. */
function large(layout: 'file' | 'stream'): ReaderSample {
  const plain = new Schema([new Field('sound', new Binary(), true)]);
  const batches = [1, 2, 3].map((seed) => {
    const values = Array.from({ length: 40 }, (_, row) => new Uint8Array(50_000).fill(seed * row));
    return new RecordBatch(plain, makeStruct(plain, vectorFromArray(values, new Binary()).data[0]!));
  });
  const bytes = tableToIPC(new Table(plain, batches), layout);
  return { name: `large-${layout}.arrow`, rows: batches.flatMap(rowsOf), bytes };
}

const makeStruct = ({ fields }: Schema, child: Data) =>
  makeData({ type: new Struct(fields), length: child.length, nullCount: 0, children: [child] });

const samples = async () => [
  sample('file.arrow', 'file', [300, 20, 9000]),
  sample('stream.arrow', 'stream', [300, 20, 9000]),
  sample('none.arrow', 'stream', []),
  large('file'),
  large('stream'),
];
const text = (what: string) => new TextEncoder().encode(what);
const unreadable = async () => [
  { name: 'only the magic', bytes: text('ARROW1') },
  { name: 'magic at both ends', bytes: text('ARROW1\0\0\0\0\0\0ARROW1') },
  { name: 'a marker and no message', bytes: Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0) },
  { name: 'a long message', bytes: Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 127) },
];

describeReader({ describe, it, expect }, { makeReader: () => createArrowReader(), samples, unreadable });

describe('every type', () => {
  it.each(typeCatalogue.map((entry) => [entry.title, entry] as const))('%s', async (_, entry) => {
    for (const layout of ['file', 'stream'] as const) {
      // Each batch of a dictionary has one of its own, which a table cannot have.
      const batches = entry.type.startsWith('dictionary')
        ? [entry.make(100)]
        : [entry.make(100), entry.make(0), entry.make(57, 2)];
      const bytes = tableToIPC(new Table(batches[0]!.schema, batches), layout);
      const reader = createArrowReader();
      const file = memoryFile('/every.arrow', bytes);
      const found = [];
      for (const fragment of (await reader.survey(file)).fragments.keys())
        for await (const batch of reader.read(file, fragment, { targetBatchBytes: 1000 })) found.push(...rowsOf(batch));
      expect(found).toEqual(batches.flatMap(rowsOf));
    }
  });
});
