import { memoryFile } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { headText } from './decompress.ts';
import { textChunks } from './text-blocks.ts';
import { heldByZstd } from './zstd-library.ts';

const magic = [0x28, 0xb5, 0x2f, 0xfd];
const largestBlock = 2 ** 17;
type Kind = 'raw' | 'run' | 'compressed';

/** A block (RFC 8878, 3.1.1.2): its header of three bytes, then `content`. `size` is that of a run, which is one byte long. */
function block(kind: Kind, content: readonly number[], { size = content.length, isLast = false } = {}): number[] {
  const header = (size << 3) | (['raw', 'run', 'compressed'].indexOf(kind) << 1) | (isLast ? 1 : 0);
  return [header & 255, (header >> 8) & 255, header >> 16, ...content];
}

/** A frame of these blocks with a window of 2 to the power of `windowLog`. */
const frame = (windowLog: number, ...blocks: readonly number[][]) => [
  ...magic,
  0,
  (windowLog - 10) << 3,
  ...blocks.flat(),
];
const letters = (text: string) => [...Buffer.from(text)];
const textFrame = (text: string) => frame(17, block('raw', letters(text), { isLast: true }));
/** 98,047 matches of 65,539 bytes: a decoder that does not compare them with the 128 KiB of a block copies 6.4 GB. */
const hugeMatches = [0x09, 0x41, 0xff, 0xff, 0xff, 0x54, 0x00, 0x00, 0x34, 0x00, 0x00, 0x00, 0x00, 0x01];

const chunksOf = (bytes: readonly number[]) => textChunks(memoryFile('/some.jsonl.zst', Uint8Array.from(bytes)), {});

async function read(bytes: readonly number[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of chunksOf(bytes)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('zstd', () => {
  it('frames that follow each other are one text, with skippable ones between', async () => {
    const skippable = [0x52, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
    const long = frame(
      20,
      ...Array.from({ length: 40 }, () => block('run', [0x61], { size: largestBlock })),
      block('raw', [], { isLast: true }),
    );
    const text = await read([...skippable, ...textFrame('one '), ...long, ...skippable, ...textFrame(' two')]);
    expect(text.equals(Buffer.from(`one ${'a'.repeat(40 * largestBlock)} two`))).toBe(true);
  });

  it.each([
    ['ends within a block', textFrame('some').slice(0, -1), 'it ends within a frame'],
    ['ends before a block', frame(17, block('raw', letters('some'))), 'it ends within a frame'],
    ['ends within its header', magic, 'it ends within a frame'],
    ['goes on with something else', [...textFrame('some'), ...letters('other text')], 'is no zstd'],
    ['goes on with zeros', [...textFrame('some'), 0, 0, 0, 0, 0, 0], 'is no zstd'],
  ])('a file that %s is refused', async (_, bytes, reason) => {
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'BAD_CONTENT',
      message: expect.stringContaining(reason),
    });
  });

  it('a block of 14 bytes with matches of 6.4 GB is refused, and nothing of it is made', async () => {
    const hostile = frame(17, block('compressed', hugeMatches, { isLast: true }));
    const made: number[] = [];
    const reading = (async () => {
      for await (const piece of chunksOf(hostile)) made.push(piece.length);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'BAD_CONTENT', message: expect.stringContaining('block') });
    expect(made).toEqual([]);
    expect(await headText(Uint8Array.from(hostile))).toBeUndefined();
  });

  it('a bomb comes in pieces of at most a block, as far as it is asked for', async () => {
    const bomb = frame(17, ...Array.from({ length: 20_000 }, () => block('run', [0], { size: largestBlock })));
    let pieces = 0;
    for await (const piece of chunksOf(bomb)) {
      expect(piece.length).toBeLessThanOrEqual(largestBlock);
      if (++pieces === 100) break;
    }
    expect(pieces).toBe(100);
    expect((await headText(Uint8Array.from(bomb)))?.length).toBe(2 ** 20);
    expect(heldByZstd()).toBeLessThan(2 ** 25);
  });

  it('what was damaged, or not read to its end, holds no memory', async () => {
    const window = 22;
    const half = frame(window, block('run', [0x61], { size: largestBlock }), block('raw', letters('b')));
    const damaged = [...half, ...block('compressed', hugeMatches)];
    for (let round = 0; round < 40; round++) {
      for await (const piece of chunksOf(half)) {
        expect(piece.length).toBe(largestBlock);
        break;
      }
      await expect(read(damaged)).rejects.toThrow('zstd');
    }
    expect(heldByZstd()).toBeLessThan(2 ** 25);
  });

  it('two files at a time do not disturb each other', async () => {
    const [one, other] = [1, 2].map((byte) =>
      frame(
        20,
        ...Array.from({ length: 30 }, (_, index) => block('run', [byte], { size: 1000 + index })),
        block('raw', [], { isLast: true }),
      ),
    ) as [number[], number[]];
    const [ones, others] = await Promise.all([read(one), read(other)]);
    expect([new Set(ones), new Set(others), ones.length]).toEqual([new Set([1]), new Set([2]), others.length]);
    expect(ones.length).toBe(30 * 1000 + 435);
  });

  it('windows of 128 MiB are read, larger ones refused with the reason', async () => {
    const text = block('raw', letters('{}\n'), { isLast: true });
    expect((await read(frame(27, text))).toString()).toBe('{}\n');
    await expect(read(frame(28, text))).rejects.toMatchObject({
      code: 'UNSUPPORTED_CONTENT',
      message: expect.stringContaining('--long=27'),
    });
  });
});
