import type { Column } from '@riffle/columnar';

/** A field on the way down to a leaf, the leaf included. */
interface Level {
  readonly nullable: boolean;
  readonly column: Column;
}

const bitAt = (bits: Uint8Array, index: number) => (bits[index >> 3]! >> (index & 7)) & 1;

/**
 * How many optional fields on the way down to a leaf have a value, row by row; no list is on the way. Undefined where a required field has nulls,
 * which has no level.
 * Source: Melnik et al., Dremel, VLDB 2010, section 4.1.
 */
export function definitionLevels(path: readonly Level[], rows: number): Uint8Array | undefined {
  const levels = new Uint8Array(rows);
  /** The level of a row whose fields so far all have values. */
  let whole = 0;
  for (const { nullable, column } of path) {
    const { validity, validityOffset } = column;
    for (let row = 0; row < rows; row++) {
      if (levels[row] !== whole) continue;
      const hasValue = validity === undefined || bitAt(validity, validityOffset + row) === 1;
      if (!nullable && !hasValue) return undefined;
      if (nullable && hasValue) levels[row] = whole + 1;
    }
    if (nullable) whole++;
  }
  return levels;
}

/**
 * Levels as runs, behind their length: what data pages of version 1 begin with.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#run-length-encoding--bit-packing-hybrid-rle--3
 * @param maximum the highest level, less than 256
 */
export function runLengths(levels: Uint8Array, maximum: number): Uint8Array {
  if (maximum > 255) throw new RangeError(`${maximum} levels do not fit into a byte.`);
  const runs: number[] = [];
  for (let start = 0; start < levels.length;) {
    let end = start + 1;
    while (end < levels.length && levels[end] === levels[start]) end++;
    for (let rest = (end - start) * 2; ; rest = Math.floor(rest / 128)) {
      runs.push(rest < 128 ? rest : (rest % 128) | 128);
      if (rest < 128) break;
    }
    runs.push(levels[start]!);
    start = end;
  }
  const bytes = new Uint8Array(4 + runs.length);
  new DataView(bytes.buffer).setUint32(0, runs.length, true);
  bytes.set(runs, 4);
  return bytes;
}
