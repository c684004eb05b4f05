import type { Allocate } from '@riffle/columnar';
import type { ColumnChunk, PageHeader } from '@riffle/codec-parquet';
import { cursorOver } from './byte-cursor.ts';
import { isOneRun } from './levels.ts';
import { bodyOf, PAGE_SLACK, takeLevels } from './page-body.ts';

export interface DecodedByteArrays {
  /** `rows + 1` numbers. */
  readonly offsets: Int32Array;
  readonly values: Uint8Array;
}

/**
 * Decodes a chunk of plain byte arrays, one in every row, none null. Undefined if it holds anything else, or anything damaged.
 * @param pages of the chunk, positions counted from its start. @param bytes the chunk's.
 */
export function decodeByteArrays(
  chunk: ColumnChunk,
  pages: readonly PageHeader[],
  bytes: Uint8Array,
  rows: number,
  allocate: Allocate,
): DecodedByteArrays | undefined {
  const whole = chunk.leaf.maximumDefinitionLevel;
  const room = pages.reduce((sum, page) => sum + page.uncompressedBytes, 0);
  if (room > 0x7fffffff) return undefined;
  const values = allocate(room + PAGE_SLACK);
  const words = allocate(4 * (rows + 1));
  const offsets = new Int32Array(words.buffer, words.byteOffset, rows + 1);
  let row = 0;
  let to = 0;
  offsets[0] = 0;
  for (const page of pages) {
    if (page.kind !== 'DATA_PAGE' || page.packedLevels || page.encoding !== 'PLAIN') return undefined;
    // What has to be decompressed is put where the values go, and there moved over their lengths and levels.
    const body = bodyOf(chunk, page, bytes, (length) => values.subarray(to, to + length));
    if (body === undefined || row + page.values > rows) return undefined;
    const cursor = cursorOver(body);
    if (whole > 0) {
      const definition = takeLevels(cursor);
      if (definition === undefined || !isOneRun(definition, whole, page.values)) return undefined;
    }
    const { view, end } = cursor;
    const isWithin = view.buffer === values.buffer;
    let { at } = cursor;
    for (const last = row + page.values; row < last; row++) {
      if (at + 4 > end) return undefined;
      const length = view.getUint32(at, true);
      at += 4;
      if (length > end - at) return undefined;
      if (isWithin) values.copyWithin(to, at - values.byteOffset, at - values.byteOffset + length);
      else values.set(new Uint8Array(view.buffer, at, length), to);
      at += length;
      to += length;
      offsets[row + 1] = to;
    }
  }
  return row === rows ? { offsets, values: values.subarray(0, to) } : undefined;
}
