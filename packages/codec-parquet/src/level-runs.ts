/**
 * Levels as runs and packed groups of eight, cut as parquet-rs cuts them, so that pages come out byte for byte as the codec's.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE, and `RleEncoder` of
 * https://github.com/apache/arrow-rs/blob/59.0.0/parquet/src/encodings/rle.rs
 */
export interface LevelRuns {
  /** `level` so many times. */
  put(level: number, count: number): void;
  /** The levels since the last call, behind their length in four bytes. */
  take(): Uint8Array;
}

const GROUP = 8;
/** Groups of a packed run, so that its header is one byte. */
const MOST_GROUPS = 64;

/** @param largest the highest level, from 1 to 255. */
export function createLevelRuns(largest: number): LevelRuns {
  const width = 32 - Math.clz32(largest);
  let bytes = new Uint8Array(1024);
  let length = 4;
  const group = new Uint8Array(GROUP);
  let grouped = 0;
  let current = 0;
  let repeats = 0;
  let packed = 0;
  let header = -1;

  function reserve(more: number): void {
    if (length + more <= bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * bytes.length, length + more));
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  }

  function endPacked(): void {
    bytes[header] = ((packed / GROUP) << 1) | 1;
    header = -1;
    packed = 0;
  }

  function writeGroup(): void {
    reserve(1 + width);
    if (header < 0) header = length++;
    for (let bit = 0; bit < GROUP * width; bit++) {
      if (bit % 8 === 0) bytes[length + (bit >> 3)] = 0;
      bytes[length + (bit >> 3)]! |= ((group[Math.floor(bit / width)]! >> (bit % width)) & 1) << (bit & 7);
    }
    length += width;
    grouped = 0;
  }

  function writeRun(): void {
    reserve(6);
    for (let rest = repeats * 2; ; rest = Math.floor(rest / 128)) {
      bytes[length++] = rest < 128 ? rest : (rest % 128) | 128;
      if (rest < 128) break;
    }
    bytes[length++] = current;
    grouped = 0;
    repeats = 0;
  }

  function putOne(level: number): void {
    if (current === level) {
      repeats++;
      if (repeats > GROUP) return;
    } else {
      if (repeats >= GROUP) writeRun();
      repeats = 1;
      current = level;
    }
    group[grouped++] = level;
    if (grouped < GROUP) return;
    if (repeats >= GROUP) {
      grouped = 0;
      if (packed > 0) endPacked();
      return;
    }
    packed += GROUP;
    writeGroup();
    if (packed / GROUP + 1 >= MOST_GROUPS) endPacked();
    repeats = 0;
  }

  function end(): void {
    if (packed === 0 && repeats === 0 && grouped === 0) return;
    if (repeats > 0 && packed === 0 && (repeats === grouped || grouped === 0)) {
      writeRun();
      return;
    }
    if (grouped > 0) {
      group.fill(0, grouped);
      packed += GROUP;
      writeGroup();
    }
    endPacked();
    repeats = 0;
  }

  return {
    put(level, count) {
      let left = count;
      for (; left > 0 && !(repeats >= GROUP && current === level); left--) putOne(level);
      repeats += left;
    },
    take() {
      end();
      new DataView(bytes.buffer).setUint32(0, length - 4, true);
      const taken = bytes.slice(0, length);
      length = 4;
      current = 0;
      return taken;
    },
  };
}
