/**
 * How many of the first `count` levels are `wanted`, in levels as they stand in a page of version 2; undefined if there are fewer levels.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE (runs, and groups of 8 packed from the lowest bit on).
 * @param largest the largest level that can occur, from 1 to 255: it gives the width of a level.
 */
export function countLevels(bytes: Uint8Array, largest: number, wanted: number, count: number): number | undefined {
  const width = 32 - Math.clz32(largest);
  let found = 0;
  let done = 0;
  for (let at = 0; done < count;) {
    let header = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 35) return undefined;
      header += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    const length = Math.floor(header / 2);
    if (header % 2 === 0) {
      const level = bytes[at++];
      if (level === undefined || length === 0) return undefined;
      const taken = Math.min(length, count - done);
      if (level === wanted) found += taken;
      done += taken;
      continue;
    }
    const end = at + length * width;
    if (length === 0 || end > bytes.length) return undefined;
    const taken = Math.min(length * 8, count - done);
    for (let index = 0; index < taken; index++) {
      const bit = index * width;
      const byte = at + (bit >> 3);
      const pair = bytes[byte]! | ((bytes[byte + 1] ?? 0) << 8);
      if (((pair >> (bit & 7)) & ((1 << width) - 1)) === wanted) found++;
    }
    done += taken;
    at = end;
  }
  return found;
}
