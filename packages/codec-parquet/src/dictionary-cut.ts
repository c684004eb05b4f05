import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { magic } from './cut-footer.ts';
import { makeCut, type Cut } from './cut.ts';
import type { Footer } from './footer.ts';
import { requiredLeafSchema } from './leaf-schema.ts';
import { pageHeaderV2, type PageHeader } from './page-header.ts';
import type { ColumnChunk, RowGroup } from './row-group.ts';

/** Number of BYTE_ARRAY among physical types. */
const BYTE_ARRAY = 6;

/** Indices 0 … `count` − 1 as a data page: bit width, then one bit-packed run (least significant bit first). */
function everyIndex(count: number): Uint8Array {
  const width = Math.max(1, 32 - Math.clz32(count - 1));
  const groups = Math.ceil(count / 8);
  const writer = new ByteWriter(groups * width + 8);
  writer.appendUint8(width);
  writer.appendVarInt(groups * 2 + 1);
  let pending = 0;
  let bits = 0;
  for (let index = 0; index < groups * 8; index++) {
    let value = index < count ? index : 0;
    for (let left = width; left > 0;) {
      const taken = Math.min(left, 8 - bits);
      pending |= (value & ((1 << taken) - 1)) << bits;
      value >>>= taken;
      bits += taken;
      left -= taken;
      if (bits === 8) {
        writer.appendUint8(pending);
        pending = 0;
        bits = 0;
      }
    }
  }
  return writer.getBytes();
}

/**
 * Plans a small file whose rows are the values of a chunk's dictionary, each once and in order, as binary: the dictionary
 * page with a data page of our own. Tells how long the values of a column can be without decoding the column.
 * @param dictionary the chunk's dictionary page, positions counted from the chunk's start; it holds 1 value at least.
 */
export function planDictionaryCut(footer: Footer, rowGroup: RowGroup, chunk: ColumnChunk, dictionary: PageHeader): Cut {
  const length = dictionary.end - dictionary.headerStart;
  const body = everyIndex(dictionary.values);
  const header = pageHeaderV2({
    values: dictionary.values,
    rows: dictionary.values,
    bodyBytes: body.length,
    encoding: 'RLE_DICTIONARY',
  });
  const dataAt = magic.length + length;
  return makeCut(
    footer,
    rowGroup,
    [{ sourceOffset: chunk.start + dictionary.headerStart, length, offset: magic.length }],
    [
      { bytes: header, offset: dataAt },
      { bytes: body, offset: dataAt + header.length },
    ],
    [{ chunk, dictionaryAt: magic.length, dataAt, compressedBytes: length + header.length + body.length }],
    { schema: requiredLeafSchema(footer, chunk.leaf, BYTE_ARRAY), rows: dictionary.values, withoutKeyValues: true },
  );
}
