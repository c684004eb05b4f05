/**
 * DELTA_BINARY_PACKED as parquet-rs writes it: blocks of four groups, of 32 values of 4 bytes or 64 of 8 bytes. All state of the loops is in local variables
 * and typed arrays of one kind: as closures over variables they took seven times as long.
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

/** 32-bit integers, or whole numbers between −2^50 and 2^50 that stand for 64-bit ones. */
export type DeltaSource = Int32Array | Float64Array;

export interface DeltaPage {
  /** Comes before the blocks. */
  readonly front: Uint8Array;
  readonly blocks: Uint8Array;
}

const GROUPS = 4;
/** The longest number, and the widths of the groups. */
const BLOCK_FRONT = 10 + GROUPS;
/** Four numbers. */
const LONGEST_FRONT = 40;
const MOST_BLOCK_VALUES = 256;

function putNumber(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 128;
  bytes[at++] = rest;
  return at;
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** What each delta of a block is above the least of them, as unsigned words. */
const packed = new Int32Array(MOST_BLOCK_VALUES);
const wideDeltas = new Float64Array(MOST_BLOCK_VALUES);

/** Fills {@link packed}; returns the least delta. Deltas wrap at 32 bits, as the codec's. */
function subtractNarrow(source: Int32Array, start: number, count: number): number {
  let previous = source[start - 1]!;
  let least = (source[start]! - previous) | 0;
  for (let index = 0; index < count; index++) {
    const value = source[start + index]!;
    const delta = (value - previous) | 0;
    packed[index] = delta;
    if (delta < least) least = delta;
    previous = value;
  }
  for (let index = 0; index < count; index++) packed[index] = (packed[index]! - least) | 0;
  return least;
}

/** The same for numbers; undefined if a delta is 2^32 or more above the least. */
function subtractWide(source: Float64Array, start: number, count: number): number | undefined {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < count; index++) {
    const delta = source[start + index]! - source[start + index - 1]!;
    wideDeltas[index] = delta;
    if (delta < least) least = delta;
    if (delta > most) most = delta;
  }
  if (most - least >= 2 ** 32) return undefined;
  for (let index = 0; index < count; index++) packed[index] = wideDeltas[index]! - least;
  return least;
}

/** Packs a group of {@link packed}, which takes as many words as a value takes bits, or twice as many. Returns the place after it. */
function packGroup(view: DataView, start: number, from: number, size: number, width: number): number {
  let at = start;
  let word = 0;
  let bits = 0;
  for (let index = from; index < from + size; index++) {
    const value = packed[index]!;
    word |= value << bits;
    bits += width;
    if (bits >= 32) {
      view.setUint32(at, word, true);
      at += 4;
      bits -= 32;
      word = bits === 0 ? 0 : value >>> (width - bits);
    }
  }
  return at;
}

/** Writes the widths and groups of a block whose `count` values are in {@link packed}. */
function packBlock(bytes: Uint8Array, view: DataView, widths: number, count: number, size: number): number {
  let at = widths + GROUPS;
  packed.fill(0, count, GROUPS * size);
  for (let group = 0; group < GROUPS; group++) {
    let all = 0;
    for (let index = group * size; index < (group + 1) * size; index++) all |= packed[index]!;
    const width = 32 - Math.clz32(all);
    bytes[widths + group] = width;
    if (width > 0) at = packGroup(view, at, group * size, size, width);
  }
  return at;
}

/** Memory for the blocks of one batch, kept for the next. */
let room = new Uint8Array(0);

/**
 * @param pages at most so many.
 * The blocks that are given out hold until the next call in this thread.
 */
export function createDeltaBlocks(source: DeltaSource, pages: number): DeltaBlocks {
  const groupSize = source instanceof Float64Array ? 64 : 32;
  const blockSize = GROUPS * groupSize;
  const needed = (Math.ceil(source.length / blockSize) + pages) * (BLOCK_FRONT + 4 * blockSize);
  if (room.length < needed) room = new Uint8Array(needed);
  const bytes = room;
  const view = new DataView(bytes.buffer);
  let at = 0;
  let pageStart = 0;
  /** First value of the page, and the next one that is not encoded: the first one itself stands in the front. */
  let first = 0;
  let next = 1;

  function writeBlock(count: number): boolean {
    const least =
      source instanceof Float64Array ? subtractWide(source, next, count) : subtractNarrow(source, next, count);
    if (least === undefined) return false;
    at = packBlock(bytes, view, putNumber(bytes, at, zigzag(least)), count, groupSize);
    next += count;
    return true;
  }

  function encodeUpTo(end: number): boolean {
    while (next + blockSize <= end) if (!writeBlock(blockSize)) return false;
    return true;
  }

  return {
    encodeUpTo,
    get pageBytes() {
      return at - pageStart;
    },
    endPage(end) {
      if (!encodeUpTo(end) || (next < end && !writeBlock(end - next))) return undefined;
      const front = new Uint8Array(LONGEST_FRONT);
      const firstValue = end > first ? source[first]! : 0;
      let length = 0;
      for (const number of [blockSize, GROUPS, end - first, zigzag(firstValue)])
        length = putNumber(front, length, number);
      const page = { front: front.subarray(0, length), blocks: bytes.subarray(pageStart, at) };
      pageStart = at;
      first = end;
      next = end + 1;
      return page;
    },
  };
}
