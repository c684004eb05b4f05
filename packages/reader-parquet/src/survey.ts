import { BadContentError, type ColumnStorage, type FileSurvey, type FragmentSurvey } from '@riffle/core';
import { parseRowGroup, type RowGroup } from '@riffle/codec-parquet';
import type { ArrowLeaf } from './arrow-leaves.ts';
import { declaredBytes } from './decoded-bytes.ts';
import type { OpenedFile } from './opened-file.ts';

/** Codecs that the codec library can decompress. LZO would make it trap. */
const readableCodecs: ReadonlySet<string> = new Set([
  'UNCOMPRESSED',
  'SNAPPY',
  'GZIP',
  'BROTLI',
  'LZ4',
  'ZSTD',
  'LZ4_RAW',
]);

function refuseUnreadable(rowGroup: RowGroup): void {
  for (const { leaf, codec, encodings } of rowGroup.chunks) {
    const unknown = readableCodecs.has(codec) ? encodings.find((encoding) => encoding.startsWith('number ')) : codec;
    if (unknown === undefined) continue;
    const what = unknown === codec ? 'compressed with' : 'encoded with';
    const column = leaf.path.join('.');
    throw new BadContentError(
      `Column ${column} of row group ${rowGroup.index} is ${what} ${unknown}, which Riffle cannot read.`,
      { rowGroup: rowGroup.index, column },
      { code: 'UNSUPPORTED_CONTENT' },
    );
  }
}

function surveyFragment(rowGroup: RowGroup, leaves: readonly ArrowLeaf[]): FragmentSurvey {
  let bytes = 0;
  let decoded: number | undefined = 0;
  rowGroup.chunks.forEach((chunk, column) => {
    bytes += chunk.compressedBytes;
    const declared = declaredBytes(chunk, leaves[column]!, rowGroup.rows);
    decoded = decoded === undefined || declared === undefined ? undefined : decoded + declared;
  });
  return { rows: rowGroup.rows, bytes, ...(decoded === undefined ? {} : { decodedBytes: Math.ceil(decoded) }) };
}

/**
 * What the footer says, with every row group checked against schema and file size.
 * @throws BadContentError naming row group and column.
 */
export function surveyFile({ footer, leaves, told }: OpenedFile): FileSurvey {
  const fragments: FragmentSurvey[] = [];
  const storage = footer.leaves.map(() => ({ encodings: new Set<string>(), codec: 'UNCOMPRESSED', bytes: 0 }));
  for (let index = 0; index < footer.rowGroups.length; index++) {
    const rowGroup = parseRowGroup(footer, index);
    refuseUnreadable(rowGroup);
    fragments.push(surveyFragment(rowGroup, leaves));
    rowGroup.chunks.forEach((chunk, column) => {
      const sums = storage[column]!;
      for (const encoding of chunk.encodings) sums.encodings.add(encoding);
      if (index === 0) sums.codec = chunk.codec;
      sums.bytes += chunk.compressedBytes;
    });
  }
  const columns: ColumnStorage[] = storage.map(({ encodings, codec, bytes }, column) => ({
    path: footer.leaves[column]!.path,
    encodings: [...encodings],
    codec,
    bytes,
  }));
  const { bytes: schema, warnings } = told();
  return {
    rows: footer.rows,
    fragments,
    schema,
    columns,
    warnings,
  };
}
