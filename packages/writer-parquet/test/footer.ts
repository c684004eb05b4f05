import {
  columnChunkField,
  fieldsOf,
  integerOf,
  itemsOf,
  parseRowGroup,
  rowGroupField,
  type Footer,
} from '@riffle/codec-parquet';
import { chunksOf, footerOf } from '../src/encoded-chunk.ts';

/** Rows of each row group. */
export function rowGroupRows(file: Uint8Array): number[] {
  const footer = footerOf(file);
  return footer.rowGroups.map((_, index) => parseRowGroup(footer, index).rows);
}

/** The chunks of a row group as the footer describes them. */
export function rowGroupChunks(file: Uint8Array, index = 0) {
  return parseRowGroup(footerOf(file), index).chunks;
}

/** Encodings and codec of every leaf in the first row group, by path. */
export function encodingsOf(file: Uint8Array): Record<string, string> {
  return Object.fromEntries(
    rowGroupChunks(file).map(({ leaf, encodings, codec }) => [
      leaf.path.join('.'),
      `${encodings.filter((name) => name !== 'RLE').join('+')} ${codec}`,
    ]),
  );
}

/** Nulls of every leaf of a file of one row group, as its statistics say. */
export function nullCounts(file: Uint8Array): (number | undefined)[] {
  return chunksOf(file).map(({ nulls }) => nulls);
}

/** Page locations of every leaf of one row group, with absolute offsets. */
export function pageLocations(file: Uint8Array, index = 0) {
  const footer: Footer = footerOf(file);
  const chunks = itemsOf(footer.bytes, parseRowGroup(footer, index).fields.get(rowGroupField.columns));
  return chunks.map((chunk) => {
    const number = (id: number): number => integerOf(footer.bytes, fieldsOf(footer.bytes, chunk).get(id)) ?? 0;
    const start = number(columnChunkField.offsetIndexOffset);
    const bytes = file.subarray(start, start + number(columnChunkField.offsetIndexLength));
    return itemsOf(bytes, fieldsOf(bytes, { type: 12, start: 0, end: bytes.length }).get(1)).map((item) => {
      const fields = fieldsOf(bytes, item);
      return {
        offset: integerOf(bytes, fields.get(1))!,
        bytes: integerOf(bytes, fields.get(2))!,
        firstRow: integerOf(bytes, fields.get(3))!,
      };
    });
  });
}
