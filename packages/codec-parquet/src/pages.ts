import { BadContentError } from '@riffle/core';
import { Encodings, PageTypes } from 'hyparquet/src/constants.js';
import { dataPageField, dataPageV2Field, dictionaryPageField, pageHeaderField } from './footer-fields.ts';
import type { ColumnChunk } from './row-group.ts';
import { fieldsOf, integerOf, readFields } from './thrift-reader.ts';

/** What one page header says. Nothing of it is proved before the page is decoded, except where it stands. */
export interface PageHeader {
  readonly kind: 'DATA_PAGE' | 'DATA_PAGE_V2' | 'DICTIONARY_PAGE' | 'INDEX_PAGE';
  readonly encoding: string;
  readonly values: number;
  readonly uncompressedBytes: number;
  /** CRC-32 of the page's bytes as they stand in the file, as an unsigned number. */
  readonly crc: number | undefined;
  /** Range of the page's bytes, without the header. */
  readonly start: number;
  readonly end: number;
}

const subHeaders = {
  DATA_PAGE: { id: pageHeaderField.dataPage, ...dataPageField },
  DATA_PAGE_V2: { id: pageHeaderField.dataPageV2, ...dataPageV2Field },
  DICTIONARY_PAGE: { id: pageHeaderField.dictionaryPage, ...dictionaryPageField },
} as const;

/**
 * Steps through the pages of a column chunk; pages themselves are not read.
 * @param bytes a file, or part of one.
 * @param start where in `bytes` the chunk's first page stands.
 * @throws BadContentError if a header is damaged or a page passes the chunk's end.
 */
export function* pageHeaders(bytes: Uint8Array, start: number, chunk: ColumnChunk): Generator<PageHeader> {
  const chunkEnd = start + chunk.compressedBytes;
  let at = start;
  let values = 0;
  while (values < chunk.values) {
    const { fields, end: headerEnd } = at < chunkEnd ? readFields(bytes, at) : { fields: new Map(), end: at };
    const kind = PageTypes[integerOf(bytes, fields.get(pageHeaderField.type)) ?? -1];
    const compressed = integerOf(bytes, fields.get(pageHeaderField.compressedBytes)) ?? -1;
    const uncompressed = integerOf(bytes, fields.get(pageHeaderField.uncompressedBytes)) ?? -1;
    const end = headerEnd + compressed;
    if (kind === undefined || compressed < 0 || uncompressed < 0 || end > chunkEnd) {
      throw new BadContentError(`A page is damaged: no valid page header at byte ${at - start} of the column chunk (${chunk.compressedBytes} bytes, ${values} of ${chunk.values} values so far).`);
    }
    const crc = integerOf(bytes, fields.get(pageHeaderField.crc));
    const sub = kind === 'INDEX_PAGE' ? undefined : subHeaders[kind];
    const subFields = sub === undefined ? new Map() : fieldsOf(bytes, fields.get(sub.id));
    const encoding = integerOf(bytes, subFields.get(sub?.encoding ?? 0)) ?? 0;
    const pageValues = integerOf(bytes, subFields.get(sub?.values ?? 0)) ?? 0;
    if (pageValues < 0) throw new BadContentError(`A page is damaged: it declares ${pageValues} values.`);
    yield {
      kind, values: pageValues, uncompressedBytes: uncompressed, start: headerEnd, end,
      encoding: Encodings[encoding] ?? `number ${encoding}`,
      crc: crc === undefined ? undefined : crc >>> 0,
    };
    if (kind === 'DATA_PAGE' || kind === 'DATA_PAGE_V2') values += pageValues;
    at = end;
  }
  if (values !== chunk.values) {
    throw new BadContentError(`Its counts disagree: the pages hold ${values} values, the footer declares ${chunk.values}.`);
  }
}
