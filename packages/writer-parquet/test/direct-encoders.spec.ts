import fc from 'fast-check';
import { loadParquetWasm } from '@riffle/codec-parquet';
import {
  Binary,
  Field,
  Int16,
  Int32,
  Int64,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { encodeGroup, groupBatch } from '../src/encode-group.ts';
import { groupLeaves } from '../src/encoding-groups.ts';
import type { EncodingName } from '../src/leaf-encoding.ts';
import { createTemplate } from '../src/template.ts';

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

/** The chunk as the codec encodes it, and as it is encoded past it. */
function bothOf(batch: RecordBatch, encoding: EncodingName) {
  const template = createTemplate(wasm, batch.schema);
  const [group] = groupLeaves(wasm, template, [{ encoding, compressed: false }], 'none');
  const [encoded] = encodeGroup(wasm, template, group!, [groupBatch(group!, batch)]);
  const direct = group!.encodeDirectly!(template.footer.leaves[0]!, batch, fresh);
  const codec: typeof direct = { chunk: encoded!.chunk, nulls: encoded!.nulls };
  return { codec, direct };
}

/** Compared without the leaf, which the codec parses anew, and without what the codec counts only where it is asked. */
function plain(side: ReturnType<typeof bothOf>['direct']) {
  const { leaf: _leaf, nulls: _nulls, encodings, ...rest } = side!.chunk;
  return {
    ...rest,
    nulls: side!.nulls,
    encodings: new Set(encodings),
    pages: Buffer.from(side!.chunk.pages).toString('latin1'),
  };
}

const listField = (type: DataType, nullable = true, nullableElement = true) =>
  new Field('codes', new List(new Field('element', type, nullableElement)), nullable);

/** Lists long enough to be encoded past the codec, some null or empty. */
function listsOf(random: () => number, rows: number, length: number, value: () => unknown, absent: number): unknown[] {
  return Array.from({ length: rows }, () => {
    const what = random();
    if (what < absent / 2) return null;
    if (what < absent) return [];
    return Array.from({ length: Math.floor(2 * length * random()) }, value);
  });
}

function randomOf(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

describe('lists of integers are encoded as the codec does, byte for byte', () => {
  const kinds: Readonly<Record<string, readonly [DataType, (random: () => number, index: number) => unknown]>> = {
    'codes out of 1,024': [new Int32(), (random) => Math.floor(1024 * random())],
    'any 32 bits': [new Int32(), (random) => Math.floor(2 ** 32 * random()) - 2 ** 31],
    'unsigned, any 32 bits': [new Uint32(), (random) => Math.floor(2 ** 32 * random())],
    'one value': [new Int32(), () => -5],
    ascending: [new Int32(), (_, index) => index],
    'signed, 16 bits': [new Int16(), (random) => Math.floor(2 ** 16 * random()) - 2 ** 15],
    'unsigned, 16 bits': [new Uint16(), (random) => Math.floor(2 ** 16 * random())],
    'unsigned, 8 bits': [new Uint8(), (random) => Math.floor(256 * random())],
    'small, 64 bits': [new Int64(), (random) => BigInt(Math.floor(1024 * random()) - 512)],
    'unsigned, 64 bits': [new Uint64(), (random) => BigInt(Math.floor(2 ** 31 * random()))],
    'near the largest of 64 bits': [new Int64(), (random) => 2n ** 63n - 1n - BigInt(Math.floor(1000 * random()))],
    'near the least of 64 bits': [new Int64(), (random) => -(2n ** 63n) + BigInt(Math.floor(1000 * random()))],
    'ascending, 64 bits': [new Int64(), (_, index) => 1_700_000_000_000n + BigInt(index) * 999n],
  };

  it.each(Object.entries(kinds))('%s', (_, [type, value]) => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom(9, 40, 700),
        fc.constantFrom(0, 0.02, 0.1),
        fc.boolean(),
        (seed, rows, length, absent, nullableElement) => {
          const random = randomOf(seed);
          let index = 0;
          const lists = listsOf(random, rows, length, () => value(random, index++), absent);
          lists.push(Array.from({ length: 20 * rows }, () => value(random, index++)));
          const nullable = lists.includes(null);
          const both = bothOf(batchOf(listField(type, nullable, nullableElement), lists), 'DELTA_BINARY_PACKED');
          expect(both.direct).toBeDefined();
          expect(plain(both.direct)).toEqual(plain(both.codec));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('over many pages, cut by bytes and by rows', () => {
    const random = randomOf(7);
    const wide = listsOf(random, 900, 900, () => Math.floor(2 ** 30 * random()), 0.01);
    const both = bothOf(batchOf(listField(new Int32()), wide), 'DELTA_BINARY_PACKED');
    expect(both.direct!.chunk.locations.length).toBeGreaterThan(2);
    expect(plain(both.direct)).toEqual(plain(both.codec));
    const short = listsOf(random, 50_000, 12, () => 3, 0.01);
    const byRows = bothOf(batchOf(listField(new Int32()), short), 'DELTA_BINARY_PACKED');
    expect(byRows.direct!.chunk.locations.length).toBeGreaterThan(1);
    expect(plain(byRows.direct)).toEqual(plain(byRows.codec));
  });

  it('of part of a batch, whose offsets do not begin at 0', () => {
    const random = randomOf(11);
    const lists = listsOf(random, 300, 50, () => Math.floor(1024 * random()), 0.1);
    const batch = batchOf(listField(new Int32()), lists).slice(37, 251);
    const { codec, direct } = bothOf(batch, 'DELTA_BINARY_PACKED');
    expect(plain(direct)).toEqual(plain(codec));
  });

  it('are left to the codec where they are short, hold nulls, or numbers too far apart', () => {
    const lists = (list: readonly unknown[]) => Array.from({ length: 50 }, () => list);
    const far = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 2n ** 40n : 0n));
    const withNull = Array.from({ length: 20 }, (_, index) => (index === 4 ? null : index));
    for (const [type, list] of [
      [new Int32(), [1, 2, 3]],
      [new Int32(), withNull],
      [new Int64(), far],
    ] as const)
      expect(bothOf(batchOf(listField(type), lists(list)), 'DELTA_BINARY_PACKED').direct).toBeUndefined();
  });
});

it('a page of large byte strings is encoded as the codec does, byte for byte', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 15 }), fc.constantFrom(0, 0.1, 0.5), (seed, rows, absent) => {
      const random = randomOf(seed);
      const values = Array.from({ length: rows }, () =>
        random() < absent ? null : Buffer.alloc(Math.floor(60_000 * random()), Math.floor(256 * random())),
      );
      values.push(Buffer.alloc(60_000, 1));
      const both = bothOf(batchOf(new Field('bytes', new Binary(), true), values), 'PLAIN');
      expect(both.direct).toBeDefined();
      expect(plain(both.direct)).toEqual(plain(both.codec));
    }),
    { numRuns: 60 },
  );
});
