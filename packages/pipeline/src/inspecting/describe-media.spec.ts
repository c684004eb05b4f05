import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeMedia } from './describe-media.ts';

/** A wav of silence: 16 bits, one channel unless said. */
function wav(seconds: number, rate: number, channels = 1, declared?: number): Uint8Array {
  const size = Math.round(seconds * rate) * channels * 2;
  const bytes = Buffer.alloc(44 + size);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(declared ?? 36 + size, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * channels * 2, 28);
  bytes.writeUInt16LE(channels * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(declared ?? size, 40);
  return bytes;
}

const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([10, 0, 20, 0, 0, 0, 0, 0x3b])]);
const heads = [
  'RIFF\0\0\0\0WAVE',
  'fLaC',
  'OggS',
  'ID3',
  '\u00ff\u00fb\u0090',
  'FORM\0\0\0\0AIFF',
  '\0\0\0\u0020ftypM4A ',
  '\u0089PNG',
  'GIF8',
  '\u00ff\u00d8\u00ff',
  'RIFF\0\0\0\0WEBP',
  'II*\0',
  'MM\0*',
  'BM',
];

describe('a sound or picture in a few words', () => {
  it('is told by its header', async () => {
    expect(await describeMedia(wav(1.2, 24_000))).toBe('1.2 s, 24 kHz wav');
    expect(await describeMedia(wav(61, 44_100, 2))).toBe('61 s, 44.1 kHz stereo wav');
    expect(await describeMedia(wav(0.5, 8000, 6))).toBe('0.5 s, 8 kHz 6 channels wav');
    expect(await describeMedia(gif)).toBe('10×20 gif');
  });

  it('is what is there where a stream left its sizes open', async () => {
    expect(await describeMedia(wav(1.2, 24_000, 1, 0xffffffff))).toBe('1.2 s, 24 kHz wav');
  });

  it('is called unreadable where only the first bytes are right', async () => {
    for (const head of heads) {
      const bytes = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(40)]);
      const text = await describeMedia(bytes);
      if (head !== 'BM') expect(text).toMatch(/^\w+ that cannot be read, \d+ bytes$|^\d+×\d+ \w+$|bytes, .*kHz/);
      else expect(text).toBe(undefined);
    }
  });

  it('is not made of other bytes', async () => {
    const arrow = Buffer.from('ARROW1\0\0');
    for (const bytes of [
      new Uint8Array(0),
      new Uint8Array(100),
      arrow,
      Buffer.from('\u00ff\u00ff\u00ff\u00ff', 'latin1'),
    ])
      expect(await describeMedia(bytes)).toBe(undefined);
  });

  it('comes soon and in one short line from any damaged header', async () => {
    const media = readFileSync(new URL('../../test/fixtures/media.parquet', import.meta.url));
    const samples = [wav(0.01, 8000), gif, media, ...heads.map((head) => Buffer.from(head, 'latin1'))];
    const damaged = fc
      .record({
        sample: fc.constantFrom(...samples),
        changes: fc.array(fc.tuple(fc.nat(63), fc.nat(255)), { maxLength: 6 }),
        tail: fc.uint8Array({ maxLength: 300 }),
        head: fc.constantFrom(...heads, ''),
      })
      .map(({ sample, changes, tail, head }) => {
        const bytes = Buffer.concat([sample, tail]);
        bytes.write(head, 0, 'latin1');
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        return bytes;
      });
    let described = 0;
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        const text = await describeMedia(bytes);
        described += text === undefined ? 0 : 1;
        return text === undefined || (text.length < 80 && /^[\p{L}\p{N} ,.×\\]+$/u.test(text));
      }),
      { numRuns: 1500 },
    );
    expect(described).toBeGreaterThan(500);
  }, 60_000);
});
