import { BadContentError } from '@riffle/core';

const damaged = () => new BadContentError('A buffer that LZ4 compressed is damaged.', { kind: 'page' });

/** Lengths of 15 go on in the bytes that follow, up to one that is not 255. */
const GOES_ON = 15;
const SHORTEST_MATCH = 4;
/** From here on a call costs less than a loop. */
const LONG = 32;

/** Where a block stands in its frame, and where its bytes go. */
export interface Lz4Block {
  readonly source: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly target: Uint8Array;
  /** Where its first byte goes. */
  readonly at: number;
  /** Where it must end, at most. */
  readonly most: number;
  /** First byte of the target that it may repeat. */
  readonly oldest: number;
}

/**
 * Decompresses one block, reading and writing nowhere else. No library that is kept does so strictly for blocks that repeat bytes of those before them.
 * Source: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md.
 * @returns where it ended in the target.
 * @throws BadContentError
 */
export function decompressBlock({ source, from, to, target, at, most, oldest }: Lz4Block): number {
  let input = from;
  let output = at;
  const more = (): number => {
    let sum = 0;
    for (;;) {
      if (input >= to) throw damaged();
      const byte = source[input++]!;
      sum += byte;
      if (byte !== 255) return sum;
    }
  };
  for (;;) {
    if (input >= to) throw damaged();
    const token = source[input++]!;
    let literals = token >> 4;
    if (literals === GOES_ON) literals += more();
    if (input + literals > to || output + literals > most) throw damaged();
    if (literals < LONG) for (const end = input + literals; input < end;) target[output++] = source[input++]!;
    else {
      target.set(source.subarray(input, input + literals), output);
      input += literals;
      output += literals;
    }
    // The last has literals alone.
    if (input === to) return output;
    if (input + 2 > to) throw damaged();
    const distance = source[input]! | (source[input + 1]! << 8);
    input += 2;
    let length = token & 15;
    if (length === GOES_ON) length += more();
    length += SHORTEST_MATCH;
    const first = output - distance;
    if (distance === 0 || first < oldest || output + length > most) throw damaged();
    if (length < LONG || distance < length)
      for (let index = first, end = first + length; index < end;) target[output++] = target[index++]!;
    else {
      target.copyWithin(output, first, first + length);
      output += length;
    }
  }
}
