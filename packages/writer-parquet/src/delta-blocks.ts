import { encodedBytes, numberKernel } from '@riffle/codec-parquet';

/**
 * DELTA_BINARY_PACKED as parquet-rs writes it: blocks of four groups, of 32 values of 4 bytes or 64 of 8 bytes.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#delta-encoding-delta_binary_packed--5, and `DeltaBitPackEncoder` of
 * https://github.com/apache/arrow-rs/blob/59.0.0/parquet/src/encodings/encoding/mod.rs
 */
export interface DeltaBlocks {
  /** Encodes all whole blocks up to value `end`. Returns false for deltas that differ by more than 32 bits: then nothing of it may be used. */
  encodeUpTo(end: number): boolean;
  /** Bytes of the whole blocks of the page at hand. */
  readonly pageBytes: number;
  /** Encodes what is left up to value `end`, and ends the page there. Undefined as `false` above. */
  endPage(end: number): DeltaPage | undefined;
}

interface DeltaPage {
  /** Comes before the blocks. */
  readonly front: Uint8Array;
  readonly blocks: Uint8Array;
}

const GROUPS = 4;

/** An unsigned LEB128 number. */
function numberBytes(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

/** With the sign in the lowest bit. */
const zigzag = (value: bigint): bigint => BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));

/** Memory for the blocks of one batch, kept for the next. */
let room = new Uint8Array(0);

/**
 * @param source the values, of 4 bytes, or of 8 if they are wide.
 * @param pages at most so many.
 * The blocks that are given out hold until the next call in this thread.
 */
export function createDeltaBlocks(source: Uint8Array, wide: boolean, pages: number): DeltaBlocks {
  const width = wide ? 8 : 4;
  const blockSize = GROUPS * (wide ? 64 : 32);
  const needed = encodedBytes(source.length / width + pages * blockSize, wide);
  if (room.length < needed) room = new Uint8Array(needed);
  const bytes = room;
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  let at = 0;
  let pageStart = 0;
  /** First value of the page, and the next one that is not encoded: the first one itself stands in the front. */
  let first = 0;
  let next = 1;

  function encode(count: number): boolean {
    if (count <= 0) return true;
    const values = source.subarray((next - 1) * width, (next + count) * width);
    const written = numberKernel().encodeDeltas(values, wide, bytes.subarray(at));
    if (written === undefined) return false;
    at += written;
    next += count;
    return true;
  }

  const encodeUpTo = (end: number): boolean => encode(Math.floor((end - next) / blockSize) * blockSize);

  return {
    encodeUpTo,
    get pageBytes() {
      return at - pageStart;
    },
    endPage(end) {
      if (!encode(end - next)) return undefined;
      const place = first * width;
      const firstValue = end === first ? 0n : wide ? view.getBigInt64(place, true) : BigInt(view.getInt32(place, true));
      const numbers = [BigInt(blockSize), BigInt(GROUPS), BigInt(end - first), zigzag(firstValue)];
      const page = { front: Uint8Array.from(numbers.flatMap(numberBytes)), blocks: bytes.subarray(pageStart, at) };
      pageStart = at;
      first = end;
      next = end + 1;
      return page;
    },
  };
}
