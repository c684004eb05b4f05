import { isBadContent } from '@riffle/core';
import { makeBatch } from '@riffle/testkit';
import { CompressionType, Field, Int32, Schema, Table, tableToIPC } from 'apache-arrow';
import { BodyCompression } from 'apache-arrow/ipc/metadata/message';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decompressFrame } from '../src/lz4-frame.ts';
import { changedBatch } from './files/changed-batch.ts';
import { readAll } from './files/outcome.ts';

/** By pyarrow 26.0.1 and the command `lz4` 1.9.4: `files/make-compressed.py` says how. */
const fixture = (name: string) =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`files/${name}`, import.meta.url))));

const repeated = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `line ${index % 700} of it\n`).join(''));

describe('LZ4 frames of the reference implementation', () => {
  it.each(['linked.lz4', 'independent.lz4', 'checksums.lz4', 'sized.lz4'])('%s', (name) => {
    const target = new Uint8Array(repeated.length);
    decompressFrame(fixture(name), target);
    expect(Buffer.compare(target, repeated)).toBe(0);
  });

  it('are refused for a length that they do not have', () => {
    for (const length of [0, repeated.length - 1, repeated.length + 1])
      expect(() => decompressFrame(fixture('linked.lz4'), new Uint8Array(length))).toThrow(/LZ4 compressed is damaged/);
  });

  it('with checksums are refused whatever byte differs', () => {
    const sound = fixture('checksums.lz4');
    for (let at = 0; at < sound.length; at += 1) {
      const bytes = Uint8Array.from(sound);
      bytes[at]! ^= 0x55;
      expect(() => decompressFrame(bytes, new Uint8Array(repeated.length))).toThrow(/damaged/);
    }
  });

  it('are refused wherever they are cut off', () => {
    const sound = fixture('linked.lz4');
    for (let length = 0; length < sound.length; length++)
      expect(() => decompressFrame(sound.subarray(0, length), new Uint8Array(repeated.length))).toThrow(/damaged/);
  });
});

describe.each(['lz4.arrow', 'zstd.arrow', 'lz4.arrows', 'zstd.arrows'])('%s with some bytes changed', (name) => {
  it('gives its rows or is refused', async () => {
    const sound = fixture(name);
    expect(await readAll(sound)).toHaveLength(7);
    let refused = 0;
    const change = fc.tuple(fc.nat(sound.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const bytes = Uint8Array.from(sound);
        for (const [at, value] of changes) bytes[at] = value;
        const found = await readAll(bytes).catch((error: unknown) => error);
        if (Array.isArray(found)) expect(found).toHaveLength(7);
        else {
          expect([isBadContent(found), String(found)]).toEqual([true, String(found)]);
          refused++;
        }
      }),
      { numRuns: 1500 },
    );
    expect(refused).toBeGreaterThan(500);
  }, 60_000);
});

describe('ZSTD', () => {
  const schema = new Schema([new Field('id', new Int32(), false)]);
  /** A column of numbers, its values compressed as `frameOf` says. */
  const streamOf = (rows: number, frameOf: (values: Uint8Array) => readonly number[]) => {
    const plain = tableToIPC(new Table(schema, [makeBatch(schema, { rows, seed: 1, nullShare: 0 })]), 'stream');
    let body = new Uint8Array(0);
    const compress = (values: Uint8Array) => {
      const length = Buffer.alloc(8);
      length.writeBigInt64LE(BigInt(values.length));
      return Uint8Array.from([...length, ...frameOf(values)]);
    };
    const stream = changedBatch(
      plain,
      ({ buffers }) => ({
        compression: new BodyCompression(CompressionType.ZSTD),
        buffers: buffers.map(({ length }) => ({
          offset: 0,
          length: length === 0 ? 0 : 8 + frameOf(new Uint8Array(length)).length,
        })),
      }),
      (all, { buffers }) => {
        const values = buffers.find(({ length }) => length > 0)!;
        body = compress(all.subarray(values.offset, values.offset + values.length));
        const padded = new Uint8Array(Math.ceil(body.length / 8) * 8);
        padded.set(body);
        return padded;
      },
    );
    return { plain, stream };
  };
  const magic = [0x28, 0xb5, 0x2f, 0xfd];

  it('frames that do not say how much they hold, as streams are compressed, are read', async () => {
    // A window of 1 KiB; one block, not compressed.
    const { plain, stream } = streamOf(32, (values) =>
      [...magic, 0, 0, (values.length << 3) & 255, values.length >> 5, 0]
        .map((byte, index) => (index === 6 ? byte | 1 : byte))
        .concat([...values]),
    );
    expect(await readAll(stream)).toEqual(await readAll(plain));
  });

  it('a block of 98,047 matches of 65,539 bytes is refused, and not looked for', async () => {
    const block = [0x09, 0x41, 0xff, 0xff, 0xff, 0x54, 0x00, 0x00, 0x34, 0x00, 0x00, 0x00, 0x00, 0x01];
    const { stream } = streamOf(32_768, () => [
      ...magic,
      0xa0,
      0x00,
      0x00,
      0x02,
      0x00,
      (block.length << 3) | 5,
      0,
      0,
      ...block,
    ]);
    await expect(readAll(stream)).rejects.toMatchObject({
      code: 'BAD_CONTENT',
      message: expect.stringContaining('ZSTD'),
    });
  });
});
