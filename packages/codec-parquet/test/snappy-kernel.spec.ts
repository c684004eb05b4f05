import fc from 'fast-check';
import { Binary, Field, makeData, RecordBatch, Schema, Struct, Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import {
  loadParquetWasm,
  mostCompressed,
  parseFooter,
  parsePageHeader,
  parseRowGroup,
  snappyKernel,
} from '../src/index.ts';

/** The crate `snap` within parquet-wasm is the oracle: a file of one plain value, whose one page is its length and its bytes. */
function codecFile(value: Uint8Array): Uint8Array {
  const { glue } = loadParquetWasm();
  const type = new Binary();
  const field = new Field('bytes', type, false);
  const data = makeData({
    type,
    length: 1,
    nullCount: 0,
    valueOffsets: Int32Array.of(0, value.length),
    data: value,
  });
  const batch = new RecordBatch(
    new Schema([field]),
    makeData({ type: new Struct([field]), length: 1, nullCount: 0, children: [data] }),
  );
  const properties = new glue.WriterPropertiesBuilder()
    .setDictionaryEnabled(false)
    .setEncoding(glue.Encoding.PLAIN)
    .setCompression(glue.Compression.SNAPPY)
    .build();
  return glue.writeParquet(glue.Table.fromIPCStream(tableToIPC(new Table([batch]), 'stream')), properties);
}

/** Its one page, as a view. */
function pageOf(file: Uint8Array): Uint8Array {
  const end = file.length - 8;
  const length = new DataView(file.buffer, file.byteOffset).getUint32(end, true);
  const [chunk] = parseRowGroup(parseFooter(file.subarray(end - length, end), file.length), 0).chunks;
  const { start, end: pageEnd } = parsePageHeader(file, chunk!.start, chunk!.leaf);
  expect(pageEnd).toBe(chunk!.start + chunk!.compressedBytes);
  return file.subarray(start, pageEnd);
}

function plain(value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + value.length);
  new DataView(bytes.buffer).setUint32(0, value.length, true);
  bytes.set(value, 4);
  return bytes;
}

function compressed(bytes: Uint8Array): Uint8Array {
  const target = new Uint8Array(mostCompressed(bytes.length));
  return target.subarray(0, snappyKernel().compress(bytes, target));
}

/** Undefined if it was refused. */
function decompressed(block: Uint8Array, length: number): Uint8Array | undefined {
  const target = new Uint8Array(length);
  return snappyKernel().decompress(block, target) ? target : undefined;
}

const same = (left: Uint8Array | undefined, right: Uint8Array): boolean =>
  left !== undefined && Buffer.compare(left, right) === 0;

function randomOf(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Noise, runs, words, and repetitions of what came before at any distance: all kinds of elements. */
function makeBytes(seed: number, length: number, letters: number): Uint8Array {
  const random = randomOf(seed);
  const bytes = new Uint8Array(length);
  const most = [4, 12, 70, 300, 5000][Math.floor(5 * random())]!;
  for (let at = 0; at < length;) {
    const count = Math.min(length - at, 1 + Math.floor(most * random()));
    const kind = random();
    if (kind < 0.4) for (let index = at; index < at + count; index++) bytes[index] = Math.floor(letters * random());
    else {
      const offset = Math.max(1, Math.floor(Math.min(at, kind < 0.6 ? 20 : kind < 0.8 ? 2100 : 70_000) * random()));
      for (let index = at; index < at + count; index++) bytes[index] = bytes[index - offset] ?? 0;
    }
    at += count;
  }
  return bytes;
}

const lengths = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: 3000 }),
  fc.integer({ min: 0, max: 70_000 }),
  // Around the end of a block of 64 KiB, less the length that stands in front.
  fc.integer({ min: 65_500, max: 65_560 }),
  fc.integer({ min: 100_000, max: 700_000 }),
);
const values = fc
  .record({ seed: fc.integer(), length: lengths, letters: fc.constantFrom(1, 2, 4, 26, 256) })
  .map(({ seed, length, letters }) => makeBytes(seed, length, letters));

describe('the Snappy kernel', () => {
  it('compresses to the bytes that the codec makes, and decompresses them', () => {
    fc.assert(
      fc.property(values, (value) => {
        const page = plain(value);
        const expected = pageOf(codecFile(value));
        expect(same(compressed(page), expected)).toBe(true);
        expect(same(decompressed(expected, page.length), page)).toBe(true);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('takes of damaged blocks only what the codec takes, and as it does', () => {
    const places = fc.array(fc.record({ at: fc.nat(2 ** 20), byte: fc.nat(255) }), { minLength: 1, maxLength: 3 });
    let taken = 0;
    fc.assert(
      fc.property(values, places, (value, damage) => {
        const file = codecFile(value);
        const block = pageOf(file);
        // Half of the damage hits the front, where the length and the first tags are.
        for (const { at, byte } of damage)
          block[at % (at % 2 === 0 ? Math.min(16, block.length) : block.length)] = byte;
        const own = decompressed(block, 4 + value.length);
        if (own === undefined) return;
        taken++;
        // The length of the value may be what was changed; then the codec refuses the page for another reason.
        if (!same(own.subarray(0, 4), plain(value).subarray(0, 4))) return;
        const table = tableFromIPC(loadParquetWasm().glue.readParquet(file).intoIPCStream());
        expect(same(table.getChildAt(0)!.get(0) as Uint8Array, own.subarray(4))).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(20);
  }, 60_000);

  it('refuses any bytes that are no block, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(500), (bytes, length) => {
        const varint = length < 128 ? [length] : [(length % 128) + 128, Math.floor(length / 128)];
        const made = decompressed(Uint8Array.of(...varint, ...bytes), length);
        expect(made === undefined || made.length === length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, number, readonly number[]]>([
    ['without a length', 0, []],
    ['with a length without an end', 1, [0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
    ['of another length', 3, [2, 0x04, 1, 2]],
    ['that ends in a tag', 70, [70, 0xf0]],
    ['that ends in a literal', 4, [4, 0x0c, 1, 2]],
    ['with a literal of 4 GiB', 4, [4, 0xfc, 0xff, 0xff, 0xff, 0xff]],
    ['with a literal of 2 GiB', 4, [4, 0xfc, 0xff, 0xff, 0xff, 0x7f, 1, 2, 3, 4]],
    ['with a copy from nowhere', 8, [8, 0x00, 1, 0x01 | (3 << 2), 0]],
    ['with a copy from before the start', 8, [8, 0x00, 1, 0x01 | (3 << 2), 2]],
    ['with a copy from 4 GiB before', 5, [5, 0x00, 1, 0x03 | (3 << 2), 0xff, 0xff, 0xff, 0xff]],
    ['with a copy beyond the end', 4, [4, 0x00, 1, 0x01 | (0 << 2), 1]],
    ['with something behind the end', 1, [1, 0x00, 1, 0x00, 1]],
  ])('refuses a block %s', (_, length, block) => {
    expect(decompressed(Uint8Array.from(block), length)).toBeUndefined();
  });

  it('takes copies with offsets of four bytes, and those that repeat at every distance', () => {
    expect(decompressed(Uint8Array.of(5, 0x00, 7, 0x03 | (3 << 2), 1, 0, 0, 0), 5)).toEqual(
      Uint8Array.of(7, 7, 7, 7, 7),
    );
    for (let offset = 1; offset <= 40; offset++)
      for (const length of [1, 15, 16, 17, 33, 64]) {
        const head = Array.from({ length: offset }, (_, index) => index + 1);
        const block = Uint8Array.of(offset + length, (offset - 1) << 2, ...head, ((length - 1) << 2) | 2, offset, 0);
        const expected = Uint8Array.from({ length: offset + length }, (_, index) => (index % offset) + 1);
        expect(decompressed(block, offset + length)).toEqual(expected);
      }
  });

  it('leaves copies from more than 64 KiB before to the codec', () => {
    const literal = (bytes: Uint8Array): Uint8Array =>
      Buffer.concat([Uint8Array.of(0xf8, ...le(bytes.length - 1, 3)), bytes]);
    const far = makeBytes(5, 900_000, 256);
    const varint = Uint8Array.of(
      ...[0, 1, 2].map((index) => (((far.length + 4) >> (7 * index)) & 127) | (index < 2 ? 128 : 0)),
    );
    const block = (offset: number) =>
      Buffer.concat([varint, literal(far), Uint8Array.of(3 | (3 << 2), ...le(offset, 4))]);
    const near = decompressed(block(65_536), far.length + 4);
    expect(same(near?.subarray(-4), far.subarray(-65_536, -65_532))).toBe(true);
    expect(decompressed(block(800_000), far.length + 4)).toBeUndefined();
  });
});

function le(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => (value >>> (8 * index)) & 255);
}
