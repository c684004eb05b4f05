import fc from 'fast-check';
import { loadParquetWasm } from '@riffle/codec-parquet';
import { rowsOf, seededRandom } from '@riffle/testkit';
import {
  Binary,
  Field,
  LargeBinary,
  LargeUtf8,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { encodeGroup, groupBatch } from '../src/encode-group.ts';
import { groupLeaves } from '../src/encoding-groups.ts';
import { createTemplate } from '../src/template.ts';
import { integers, texts, batchOf as batchOfColumns } from './batches.ts';
import { readRows, writeFile } from './write-file.ts';

const wasm = loadParquetWasm();
const fresh = (bytes: number) => new Uint8Array(bytes);

function batchOf(field: Field, values: readonly unknown[]): RecordBatch {
  const { data } = vectorFromArray(values as unknown[], field.type as DataType);
  const type = new Struct([field]);
  return new RecordBatch(
    new Schema([field]),
    makeData({ type, length: values.length, nullCount: 0, children: [data[0]!] }),
  );
}

/** The chunk as the codec encodes it, and as it is encoded past it: all that reaches the file. */
function bothOf(batch: RecordBatch) {
  const template = createTemplate(wasm, batch.schema);
  const [group] = groupLeaves(wasm, template, [{ encoding: 'PLAIN', compressed: true }], 'snappy');
  const [encoded] = encodeGroup(wasm, template, group!, [groupBatch(group!, batch)]);
  const direct = group!.texts[0]!.encode(template.footer.leaves[0]!, batch, fresh);
  return { codec: plain(encoded!), direct: direct && plain(direct) };
}

function plain({ chunk, nulls }: Pick<ReturnType<typeof encodeGroup>[number], 'chunk' | 'nulls'>) {
  const { leaf: _leaf, nulls: _nulls, encodings, pages, ...rest } = chunk;
  return { ...rest, nulls, encodings: new Set(encodings), pages: Buffer.from(pages).toString('latin1') };
}

const words = ['the ', 'Straße ', 'quick ', '語', ' and', 'ing ', '😀', '. ', 'of ', 'x'];

/** Text that Snappy shrinks by about two, or hardly, of `length` characters on average. */
function textOf(random: ReturnType<typeof seededRandom>, length: number): string {
  let text = '';
  const target = random.below(2 * length + 1);
  while (text.length < target)
    text += random.chance(0.7) ? words[random.below(words.length)]! : String(random.below(1e6));
  return text;
}

const types: Readonly<Record<string, DataType>> = {
  utf8: new Utf8(),
  'large utf8': new LargeUtf8(),
  binary: new Binary(),
  'large binary': new LargeBinary(),
};

describe.each(Object.entries(types))(
  '%s compressed with Snappy is encoded as the codec does, byte for byte',
  (_, type) => {
    const isText = type instanceof Utf8 || type instanceof LargeUtf8;

    it('of all lengths, with and without nulls', () => {
      fc.assert(
        fc.property(
          fc.integer(),
          fc.integer({ min: 1, max: 600 }),
          fc.constantFrom(90, 400, 3000, 20_000),
          fc.constantFrom(undefined, 0, 0.05, 0.6),
          (seed, rows, length, absent) => {
            const random = seededRandom(seed);
            const few = length === 20_000 ? Math.ceil(rows / 5) : rows;
            const values = Array.from({ length: few }, () => {
              if (absent !== undefined && random.chance(absent)) return null;
              const text = textOf(random, length);
              return isText ? text : Buffer.from(text);
            });
            // One that is long, so that it is not left to the codec.
            const long = 'long '.repeat(30 + 20 * few);
            values.push(isText ? long : Buffer.from(long));
            const { codec, direct } = bothOf(batchOf(new Field('text', type, absent !== undefined), values));
            expect(direct).toBeDefined();
            expect(direct).toEqual(codec);
          },
        ),
        { numRuns: 40 },
      );
    }, 60_000);
  },
);

describe('pages of texts end where the codec ends them', () => {
  const field = (nullable: boolean) => new Field('text', new Utf8(), nullable);
  const cases: Readonly<Record<string, (row: number) => string | null>> = {
    'of equal length': () => 'a'.repeat(1000),
    'by rows, none null': (row) => `${row}`.padStart(70, 'ab'),
    'by rows, one null': (row) => (row === 5 ? null : `${row}`.padStart(70, 'ab')),
    'short, then long': (row) => 'b'.repeat(row < 30_000 ? 10 : 300),
    'long, then short': (row) => 'c'.repeat(row < 2000 ? 3000 : 40),
    'with an outlier of more than a page': (row) => (row === 777 ? 'd'.repeat(3_000_000) : 'e'.repeat(100)),
    'mostly nulls': (row) => (row % 9 === 0 ? 'f'.repeat(900) : null),
    'nulls, then texts': (row) => (row < 40_000 ? null : 'g'.repeat(400)),
    'empty ones among long ones': (row) => (row % 3 === 0 ? '' : 'h'.repeat(500)),
  };

  it.each(Object.entries(cases))('%s', (_, valueOf) => {
    const values = Array.from({ length: 70_000 }, (__, row) => valueOf(row));
    for (const nullable of values.includes(null) ? [true] : [true, false]) {
      const { codec, direct } = bothOf(batchOf(field(nullable), values));
      expect(direct!.locations.length).toBeGreaterThan(1);
      expect(direct).toEqual(codec);
    }
  });

  it('of part of a batch, whose offsets do not begin at 0', () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 3000 }, (_, row) => (row % 7 === 0 ? null : textOf(random, 900)));
    const { codec, direct } = bothOf(batchOf(field(true), values).slice(701, 2900));
    expect(direct).toEqual(codec);
  });
});

describe('texts in structs', () => {
  const make = (nullable: boolean, values: readonly unknown[]) =>
    batchOf(new Field('item', new Struct([new Field('text', new Utf8(), nullable)]), nullable), values);
  const text = (row: number) => 'in a struct '.repeat(1 + (row % 40));

  it('are encoded as the codec does, byte for byte, where the structs are there', () => {
    for (const nullable of [true, false])
      for (const absent of nullable ? [0, 11] : [0]) {
        const values = Array.from({ length: 9000 }, (_, row) => ({
          text: absent > 0 && row % absent === 0 ? null : text(row),
        }));
        const { codec, direct } = bothOf(make(nullable, values));
        expect(direct).toBeDefined();
        expect(direct).toEqual(codec);
      }
  });

  it('are left to the codec where structs are null', () => {
    const values = Array.from({ length: 900 }, (_, row) => (row % 3 === 0 ? null : { text: text(row) }));
    expect(bothOf(make(true, values)).direct).toBeUndefined();
  });
});

it('short texts and nulls alone are left to the codec', () => {
  const field = new Field('text', new Utf8(), true);
  expect(
    bothOf(
      batchOf(
        field,
        Array.from({ length: 500 }, (_, row) => `row ${row}`),
      ),
    ).direct,
  ).toBeUndefined();
  expect(bothOf(batchOf(field, [null, null])).direct).toBeUndefined();
});

it('refuses what is no text', () => {
  const data = makeData({
    type: new Utf8(),
    length: 1,
    nullCount: 0,
    valueOffsets: Int32Array.of(0, 100),
    data: new Uint8Array(100).fill(0xff),
  });
  expect(() => bothOf(batchOfColumns({ text: data }))).toThrow('Column text holds text that is not valid UTF-8');
});

it('texts that are now long, now short, follow each other in one chunk', async () => {
  const long = (row: number) => 'long enough to go past the codec '.repeat(3 + (row % 9));
  const batches = [2000, 1, 3000].map((rows, index) =>
    batchOfColumns({
      id: integers(rows, (row) => row),
      text: texts(rows, (row) => (index === 1 ? 'short' : long(row))),
      other: texts(rows, (row) => (index === 2 ? long(row + 1) : `${row}`)),
    }),
  );
  const leaves = ['id', 'text', 'other'].map((name) => ({ path: [name], encoding: 'PLAIN', compressed: true }));
  const { bytes } = await writeFile(batches, { tuning: { version: 1, leaves }, compression: 'snappy' });
  expect(readRows(bytes)).toEqual(batches.flatMap((batch) => rowsOf(batch)));
});
