/**
 * Finds where integers stand in a Thrift struct in the compact protocol, so that a test can falsify them; everything else is stepped over.
 * Specification: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export interface ThriftInteger {
  /** Field numbers on the way from the outermost struct; list items count as their index, `[4, 0, 3]` is field 3 of item 0 of field 4. */
  readonly path: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** All integer fields (i16, i32, i64) of the struct that starts at byte `start`, in order. */
export function thriftIntegers(bytes: Uint8Array, start: number): ThriftInteger[] {
  const found: ThriftInteger[] = [];
  let at = start;

  const byte = (): number => {
    if (at >= bytes.length) throw new Error('The Thrift struct ends early.');
    return bytes[at++]!;
  };
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const next = byte();
      value += (next & 0x7f) * 2 ** shift;
      if (next < 0x80) return value;
    }
  };
  const skip = (type: number, path: readonly number[]): void => {
    if (type === 1 || type === 2) return; // a boolean field: the type is the value
    if (type === 3) return void byte();
    if (type >= 4 && type <= 6) {
      const from = at;
      varint();
      found.push({ path, start: from, end: at });
    } else if (type === 7) at += 8;
    else if (type === 8) {
      const length = varint();
      at += length;
    } else if (type === 9 || type === 10) list(path);
    else if (type === 12) struct(path);
    else throw new Error(`Thrift type ${type} does not occur in Parquet footers.`);
  };
  const list = (path: readonly number[]): void => {
    const header = byte();
    const size = header >> 4 === 15 ? varint() : header >> 4;
    for (let index = 0; index < size; index++) {
      if ((header & 15) <= 2) byte(); // booleans in lists take a byte each
      else skip(header & 15, [...path, index]);
    }
  };
  const struct = (path: readonly number[]): void => {
    let field = 0;
    for (let header = byte(); header !== 0; header = byte()) {
      const delta = header >> 4;
      if (delta === 0) {
        const zigzag = varint();
        field = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
      } else field += delta;
      skip(header & 15, [...path, field]);
    }
  };

  struct([]);
  return found;
}

/** An integer as Thrift's compact protocol writes it. */
export function thriftInteger(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Uint8Array.from([...bytes, rest]);
}
