/**
 * DELTA_BINARY_PACKED as parquet-rs writes it: blocks of four groups, of 32 values of 4 bytes or 64 of 8 bytes.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#delta-encoding-delta_binary_packed--5, and `DeltaBitPackEncoder` of
 * https://github.com/apache/arrow-rs/blob/59.0.0/parquet/src/encodings/encoding/mod.rs
 */
export interface DeltaBlocks {
  /** Takes values `start … end`. Returns false for deltas that differ by more than 32 bits: then nothing of it may be used. */
  put(values: DeltaSource, start: number, end: number): boolean;
  /** Bytes of the full blocks of the page at hand. */
  readonly pageBytes: number;
  /** Ends the page: its front, and where its blocks are in {@link bytes}. */
  endPage(): DeltaPage;
  readonly bytes: Uint8Array;
}

/** 32-bit integers, or whole numbers between −2^50 and 2^50 that stand for 64-bit ones. */
export type DeltaSource = Int32Array | Float64Array;

export interface DeltaPage {
  readonly front: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly values: number;
}

const GROUPS = 4;
/** The longest number, and the widths of the groups. */
const BLOCK_FRONT = 10 + GROUPS;

function putNumber(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 128;
  bytes[at++] = rest;
  return at;
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** Room for so many values, whatever they are and wherever pages end. */
export function deltaRoom(values: number, pages: number, wide: boolean): number {
  const block = GROUPS * (wide ? 64 : 32);
  return (Math.ceil(values / block) + pages) * (BLOCK_FRONT + 4 * block);
}

/** @param wide whether the values stand for 64-bit ones. @param room see {@link deltaRoom}. */
export function createDeltaBlocks(wide: boolean, room: Uint8Array): DeltaBlocks {
  const groupSize = wide ? 64 : 32;
  const blockSize = GROUPS * groupSize;
  const deltas = wide ? new Float64Array(blockSize) : new Int32Array(blockSize);
  const view = new DataView(room.buffer, room.byteOffset, room.byteLength);
  let at = 0;
  let pageStart = 0;
  let values = 0;
  let first = 0;
  let current = 0;
  let waiting = 0;

  /** Each group takes as many words as a value takes bits, or twice as many. */
  function writeGroup(start: number, count: number, least: number, width: number): void {
    let word = 0;
    let bits = 0;
    for (let index = 0; index < groupSize; index++) {
      const value = index < count ? deltas[start + index]! - least : 0;
      word |= value << bits;
      bits += width;
      if (bits >= 32) {
        view.setUint32(at, word, true);
        at += 4;
        bits -= 32;
        word = bits === 0 ? 0 : value >>> (width - bits);
      }
    }
  }

  function writeBlock(): boolean {
    if (waiting === 0) return true;
    let least = deltas[0]!;
    for (let index = 1; index < waiting; index++) if (deltas[index]! < least) least = deltas[index]!;
    at = putNumber(room, at, zigzag(least));
    const widths = at;
    at += GROUPS;
    room.fill(0, widths, at);
    for (let group = 0; group * groupSize < waiting; group++) {
      const start = group * groupSize;
      const count = Math.min(groupSize, waiting - start);
      let most = deltas[start]!;
      for (let index = start + 1; index < start + count; index++) if (deltas[index]! > most) most = deltas[index]!;
      if (most - least >= 2 ** 32) return false;
      const width = 32 - Math.clz32(most - least);
      room[widths + group] = width;
      if (width > 0) writeGroup(start, count, least, width);
    }
    waiting = 0;
    return true;
  }

  function putNarrow(source: Int32Array, start: number, end: number): boolean {
    for (let index = start; index < end; index++) {
      const value = source[index]!;
      deltas[waiting++] = (value - current) | 0;
      current = value;
      if (waiting === blockSize && !writeBlock()) return false;
    }
    return true;
  }

  function putWide(source: Float64Array, start: number, end: number): boolean {
    for (let index = start; index < end; index++) {
      const value = source[index]!;
      deltas[waiting++] = value - current;
      current = value;
      if (waiting === blockSize && !writeBlock()) return false;
    }
    return true;
  }

  return {
    bytes: room,
    get pageBytes() {
      return at - pageStart;
    },
    put(source, start, end) {
      let from = start;
      if (values === 0 && end > start) {
        first = source[from++]!;
        current = first;
      }
      values += end - start;
      return wide ? putWide(source as Float64Array, from, end) : putNarrow(source as Int32Array, from, end);
    },
    endPage() {
      if (!writeBlock()) throw new RangeError('The last block of a page has deltas that differ by more than 32 bits.');
      const front = new Uint8Array(40);
      let length = putNumber(front, 0, blockSize);
      for (const number of [GROUPS, values, zigzag(first)]) length = putNumber(front, length, number);
      const page = { front: front.subarray(0, length), start: pageStart, end: at, values };
      pageStart = at;
      values = 0;
      first = 0;
      current = 0;
      return page;
    },
  };
}
