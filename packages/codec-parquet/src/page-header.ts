import { BadContentError } from '@riffle/core';
import { Encodings, PageTypes } from 'hyparquet/src/constants.js';
import { dataPageField, dataPageV2Field, dictionaryPageField, pageHeaderField } from './footer-fields.ts';
import type { LeafColumn } from './leaf-columns.ts';
import { fieldsOf, integerOf, readFields, thriftType } from './thrift-reader.ts';
import { integerPart, structBytes, structPart } from './thrift-writer.ts';

/** What one page header says. Nothing of it is proved before the page is decoded, except where it stands. */
export interface PageHeader {
  readonly kind: 'DATA_PAGE' | 'DATA_PAGE_V2' | 'DICTIONARY_PAGE' | 'INDEX_PAGE';
  readonly encoding: string;
  readonly values: number;
  /** Rows that begin in a data page; undefined for a list column's first version of data pages, which do not tell. */
  readonly rows: number | undefined;
  readonly uncompressedBytes: number;
  /** What a page of version 2 says of its levels, which stand before its values, uncompressed: repetition, then definition. */
  readonly levels:
    | { readonly nulls: number; readonly definitionBytes: number; readonly repetitionBytes: number }
    | undefined;
  /** Whether levels of a page of version 1 are packed bits without runs, as writers did before 2013. */
  readonly packedLevels: boolean;
  /** CRC-32 of the page's bytes as they stand in the file, as an unsigned number. */
  readonly crc: number | undefined;
  /** First byte of the header. */
  readonly headerStart: number;
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
 * Parses the page header at `at`. The page itself need not be in `bytes`.
 * @throws BadContentError if there is no valid header, or `bytes` ends within it.
 */
export function parsePageHeader(bytes: Uint8Array, at: number, leaf: LeafColumn): PageHeader {
  const { fields, end: start } = readFields(bytes, at);
  const kind = PageTypes[integerOf(bytes, fields.get(pageHeaderField.type)) ?? -1];
  const compressed = integerOf(bytes, fields.get(pageHeaderField.compressedBytes)) ?? -1;
  const uncompressedBytes = integerOf(bytes, fields.get(pageHeaderField.uncompressedBytes)) ?? -1;
  const crc = integerOf(bytes, fields.get(pageHeaderField.crc));
  const sub = kind === undefined || kind === 'INDEX_PAGE' ? undefined : subHeaders[kind];
  const subFields = fieldsOf(bytes, sub === undefined ? undefined : fields.get(sub.id));
  const values = sub === undefined ? 0 : (integerOf(bytes, subFields.get(sub.values)) ?? -1);
  const encoding = sub === undefined ? 0 : (integerOf(bytes, subFields.get(sub.encoding)) ?? -1);
  const rows =
    kind === 'DATA_PAGE_V2'
      ? (integerOf(bytes, subFields.get(dataPageV2Field.rows)) ?? -1)
      : kind === 'DATA_PAGE' && leaf.maximumRepetitionLevel === 0
        ? values
        : undefined;
  if (kind === undefined || compressed < 0 || uncompressedBytes < 0 || values < 0 || (rows ?? 0) < 0) {
    throw new BadContentError('It lacks a field or holds a negative number.', { kind: 'page' });
  }
  const number = (id: number): number => integerOf(bytes, subFields.get(id)) ?? 0;
  const levels =
    kind !== 'DATA_PAGE_V2'
      ? undefined
      : {
          nulls: number(dataPageV2Field.nulls),
          definitionBytes: number(dataPageV2Field.definitionBytes),
          repetitionBytes: number(dataPageV2Field.repetitionBytes),
        };
  if (levels !== undefined && Object.values(levels).some((value) => value < 0))
    throw new BadContentError('It holds a negative number.', { kind: 'page' });
  const levelEncodings =
    kind === 'DATA_PAGE' ? [number(dataPageField.definitionEncoding), number(dataPageField.repetitionEncoding)] : [];
  return {
    kind,
    values,
    rows,
    uncompressedBytes,
    packedLevels: levelEncodings.some((level) => Encodings[level] !== 'RLE'),
    start,
    encoding: Encodings[encoding] ?? `number ${encoding}`,
    crc: crc === undefined ? undefined : crc >>> 0,
    levels,
    headerStart: at,
    end: start + compressed,
  };
}

/**
 * The header of a page of version 2. With an empty body it stands for rows that are skipped: the codec steps over a page
 * whose rows it does not want without looking at its content.
 */
export function pageHeaderV2(page: {
  readonly values: number;
  readonly rows: number;
  readonly bodyBytes: number;
  readonly encoding: string;
}): Uint8Array {
  const { int32 } = thriftType;
  const encoding = Encodings.findIndex((name) => name === page.encoding);
  return structBytes([
    integerPart(pageHeaderField.type, int32, PageTypes.indexOf('DATA_PAGE_V2')),
    integerPart(pageHeaderField.uncompressedBytes, int32, page.bodyBytes),
    integerPart(pageHeaderField.compressedBytes, int32, page.bodyBytes),
    structPart(pageHeaderField.dataPageV2, [
      integerPart(dataPageV2Field.values, int32, page.values),
      integerPart(dataPageV2Field.nulls, int32, 0),
      integerPart(dataPageV2Field.rows, int32, page.rows),
      integerPart(dataPageV2Field.encoding, int32, encoding),
      integerPart(dataPageV2Field.definitionBytes, int32, 0),
      integerPart(dataPageV2Field.repetitionBytes, int32, 0),
      { id: dataPageV2Field.compressed, type: thriftType.false, content: new Uint8Array(0) },
    ]),
  ]);
}

/**
 * The header of a data page of version 1, with its levels in runs.
 * @param page `bodyBytes` before compression; `storedBytes` after it, unless it is not compressed.
 */
export function pageHeader(page: {
  readonly values: number;
  readonly bodyBytes: number;
  readonly storedBytes?: number;
  readonly encoding: string;
}): Uint8Array {
  const { int32 } = thriftType;
  const numberOf = (encoding: string) => Encodings.findIndex((name) => name === encoding);
  return structBytes([
    integerPart(pageHeaderField.type, int32, PageTypes.indexOf('DATA_PAGE')),
    integerPart(pageHeaderField.uncompressedBytes, int32, page.bodyBytes),
    integerPart(pageHeaderField.compressedBytes, int32, page.storedBytes ?? page.bodyBytes),
    structPart(pageHeaderField.dataPage, [
      integerPart(dataPageField.values, int32, page.values),
      integerPart(dataPageField.encoding, int32, numberOf(page.encoding)),
      integerPart(dataPageField.definitionEncoding, int32, numberOf('RLE')),
      integerPart(dataPageField.repetitionEncoding, int32, numberOf('RLE')),
    ]),
  ]);
}
