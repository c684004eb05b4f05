import { layoutOf, schemaFromBytes } from '@riffle/columnar';
import { BadContentError, type DecodeLimits, type FileSurvey } from '@riffle/core';
import type { DataType } from 'apache-arrow';

/** The least bytes that a row's value takes as Arrow data, whatever it is; 0 where nothing can be said. */
function leastBytes(type: DataType): number {
  const layout = layoutOf(type);
  switch (layout.kind) {
    case 'bits':
      return 1 / 8;
    case 'fixed':
      return layout.width;
    case 'bytes':
    case 'list':
      return layout.large ? 8 : 4;
    case 'view':
      return 16;
    case 'struct':
      return type.children.reduce((sum, field) => sum + leastBytes(field.type as DataType), 0);
    case 'null':
    case 'fixed-list':
    case 'dictionary':
      return 0;
  }
}

/**
 * A file that declares so many rows that they could not be decoded within the limits of the recipe is a lie or a decompression bomb.
 * Seen before its rows are counted, since they would decide about disk and memory of the whole job.
 * @throws BadContentError
 */
export function refuseDeclaredBomb({ rows, schema }: FileSurvey, fileBytes: number, limits: DecodeLimits): void {
  // Most files are far from it, and the schema need not be read.
  if (rows * 2 ** 16 <= limits.decodedBytes) return;
  const perRow = schemaFromBytes(schema).fields.reduce((sum, field) => sum + leastBytes(field.type as DataType), 0);
  const bytes = Math.ceil(rows * perRow);
  if (bytes <= limits.decodedBytes || bytes <= limits.ratio * fileBytes) return;
  throw new BadContentError(
    `A decompression bomb: it declares ${rows} rows, which would decode from ${fileBytes} bytes of file to ${bytes} bytes at least (limits: ${limits.decodedBytes} bytes and ${limits.ratio} times the file).`,
    { kind: 'bomb', decodedBytes: bytes, fileBytes },
  );
}
