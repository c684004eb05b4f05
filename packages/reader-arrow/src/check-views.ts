import { isUtf8 } from 'node:buffer';
import { BadContentError } from '@riffle/core';
import { bitAt } from '@riffle/columnar';
import { DataType, type Data } from 'apache-arrow';
import { notUtf8 } from './check-text.ts';
import type { SpendBytes } from './spend-bytes.ts';

const VIEW_BYTES = 16;
/** Values of at most so many bytes stand in the view itself. */
const INLINE_BYTES = 12;

/** Every view that is not null must be of bytes that there are, which may be named many times over. Source: Arrow columnar format, "Variable-size Binary View Layout". */
export function checkViews(data: Data, column: string, spend: SpendBytes): void {
  const { length, nullCount, nullBitmap, offset, variadicBuffers } = data;
  const views = data.values as unknown as Uint8Array;
  const fields = new DataView(views.buffer, views.byteOffset, views.byteLength);
  const isText = DataType.isUtf8View(data.type);
  for (let row = 0; row < length; row++) {
    if (nullCount > 0 && nullBitmap.length > 0 && !bitAt(nullBitmap, offset + row)) continue;
    const at = row * VIEW_BYTES;
    const size = fields.getInt32(at, true);
    const inline = size <= INLINE_BYTES;
    const buffer = inline ? views : (variadicBuffers[fields.getInt32(at + 8, true)] as Uint8Array | undefined);
    const start = inline ? at + 4 : fields.getInt32(at + 12, true);
    if (!(size >= 0 && start >= 0 && start + size <= (buffer?.length ?? 0)))
      throw new BadContentError(`Column ${column} is damaged: the value of row ${row} is outside of its buffers.`, {
        kind: 'page',
        column,
      });
    if (isText && !isUtf8(buffer!.subarray(start, start + size))) throw notUtf8(column);
    if (!inline) spend(size, column);
  }
}
