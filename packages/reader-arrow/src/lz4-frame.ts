import { BadContentError } from '@riffle/core';
import { xxHash32 } from 'js-xxhash';
import { decompressBlock } from './lz4-block.ts';

const MAGIC = 0x184d2204;
const VERSION = 1;
/** Bits of the first byte of the descriptor. */
const INDEPENDENT = 0x20;
const BLOCK_CHECKSUM = 0x10;
const CONTENT_SIZE = 0x08;
const CONTENT_CHECKSUM = 0x04;
const NOT_USED = 0x03;
/** Of the second, but for the three that say how large a block may be. */
const NOT_SIZE = 0x8f;
const NOT_COMPRESSED = 0x80000000;

const damaged = (what: string) =>
  new BadContentError(`A buffer that LZ4 compressed is damaged: ${what}.`, { kind: 'page' });

/**
 * Decompresses one frame into all of `target`. Checksums of the frame are checked.
 * Source: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md.
 * @throws BadContentError for what is damaged, and where the content is not as long as the target.
 */
export function decompressFrame(source: Uint8Array, target: Uint8Array): void {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  let input = 0;
  const word = (): number => {
    if (input + 4 > source.length) throw damaged('it ends too early');
    input += 4;
    return view.getUint32(input - 4, true);
  };
  const checksum = (bytes: Uint8Array) => {
    if (word() !== xxHash32(bytes, 0)) throw damaged('a checksum differs');
  };

  if (word() !== MAGIC) throw damaged('it is no frame');
  const [flags, sizes] = [source[4] ?? 0, source[5] ?? 0];
  const largest = (sizes >> 4) & 7;
  if (flags >> 6 !== VERSION || (flags & NOT_USED) !== 0 || (sizes & NOT_SIZE) !== 0 || largest < 4)
    throw damaged('its descriptor is none');
  const blockBytes = 2 ** (8 + 2 * largest);
  const descriptorEnd = (flags & CONTENT_SIZE) === 0 ? 6 : 14;
  if (source.length <= descriptorEnd) throw damaged('it ends too early');
  if (descriptorEnd === 14 && view.getBigUint64(6, true) !== BigInt(target.length))
    throw damaged('its size is another');
  if (source[descriptorEnd] !== ((xxHash32(source.subarray(4, descriptorEnd), 0) >>> 8) & 255))
    throw damaged('a checksum differs');
  input = descriptorEnd + 1;

  let output = 0;
  for (;;) {
    const size = word();
    if (size === 0) break;
    const isRaw = size >= NOT_COMPRESSED;
    const from = input;
    const to = from + (isRaw ? size - NOT_COMPRESSED : size);
    if (to - from > blockBytes || to > source.length) throw damaged('a block is too long');
    const most = Math.min(target.length, output + blockBytes);
    if (isRaw) {
      if (output + to - from > most) throw damaged('it holds more than it declares');
      target.set(source.subarray(from, to), output);
      output += to - from;
    } else {
      const oldest = (flags & INDEPENDENT) === 0 ? 0 : output;
      output = decompressBlock({ source, from, to, target, at: output, most, oldest });
    }
    input = to;
    if ((flags & BLOCK_CHECKSUM) !== 0) checksum(source.subarray(from, to));
  }
  if (output !== target.length) throw damaged(`it holds ${output} bytes and declares ${target.length}`);
  if ((flags & CONTENT_CHECKSUM) !== 0) checksum(target);
  if (input !== source.length) throw damaged(`${source.length - input} bytes follow it`);
}
