/** A place in bytes. The view covers the whole buffer, so that a word may be read across an end that is checked elsewhere. */
export interface ByteCursor {
  readonly view: DataView;
  at: number;
  /** One past the last byte that belongs to what is read. */
  readonly end: number;
}

export function cursorOver(bytes: Uint8Array): ByteCursor {
  return {
    view: new DataView(bytes.buffer),
    at: bytes.byteOffset,
    end: bytes.byteOffset + bytes.byteLength,
  };
}

/** An unsigned LEB128 number, or undefined if it passes 2^53 or the end. */
export function readVarint(cursor: ByteCursor): number | undefined {
  let value = 0;
  for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
    if (cursor.at >= cursor.end) return undefined;
    const byte = cursor.view.getUint8(cursor.at++);
    value += (byte & 127) * scale;
    if (byte < 128) return value <= Number.MAX_SAFE_INTEGER ? value : undefined;
  }
  return undefined;
}

/** The same, with the sign in the lowest bit. */
export function readZigzag(cursor: ByteCursor): number | undefined {
  const value = readVarint(cursor);
  if (value === undefined) return undefined;
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
