import { magic, type PlacedChunk } from './cut-footer.ts';
import { makeCut, type Cut, type CutLiteral, type CutPiece } from './cut.ts';
import type { Footer } from './footer.ts';
import { pageHeaderV2, type PageHeader } from './page-header.ts';
import type { ColumnChunk, RowGroup } from './row-group.ts';

/** Rows `start … end` of a row group. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** A chunk this small is taken as a whole: it saves a read more often than it costs memory. */
const SMALL_CHUNK = 64 * 1024;

interface PageSelection {
  readonly dictionary: PageHeader | undefined;
  /** Rows and values of the pages before the first one kept. */
  readonly skippedRows: number;
  readonly skippedValues: number;
  /** Byte range of the pages kept, from the start of the chunk. */
  readonly from: number;
  readonly to: number;
}

/**
 * The pages that hold a range of rows. Where a page does not tell its rows, all from there on are kept: only decoding
 * can count them.
 */
function selectPages(pages: readonly PageHeader[], rows: RowRange): PageSelection {
  const dictionary = pages.find(({ kind }) => kind === 'DICTIONARY_PAGE');
  const data = pages.filter(({ kind }) => kind === 'DATA_PAGE' || kind === 'DATA_PAGE_V2');
  let skippedRows = 0;
  let skippedValues = 0;
  let first = 0;
  for (; first < data.length; first++) {
    const page = data[first]!;
    if (page.rows === undefined || skippedRows + page.rows > rows.start) break;
    skippedRows += page.rows;
    skippedValues += page.values;
  }
  let last = first;
  for (let row: number | undefined = skippedRows; last < data.length && (row === undefined || row < rows.end); last++) {
    const page: PageHeader = data[last]!;
    row = row === undefined || page.rows === undefined ? undefined : row + page.rows;
  }
  const from = data[first]?.headerStart ?? 0;
  return { dictionary, skippedRows, skippedValues, from, to: last > first ? data[last - 1]!.end : from };
}

/**
 * Plans a file of the whole row group of which only some rows can be read: pages before them are stood in for by one
 * empty page, pages after them are missing. Rows keep their numbers, so it is read with `offset` and `limit`.
 * @param pages of each chunk in order, positions counted from the chunk's start.
 */
export function planPageCut(footer: Footer, rowGroup: RowGroup, pages: readonly (readonly PageHeader[])[], rows: RowRange): Cut {
  const pieces: CutPiece[] = [];
  const literals: CutLiteral[] = [];
  let offset = magic.length;
  const copy = (chunk: ColumnChunk, from: number, to: number): void => {
    const sourceOffset = chunk.start + from;
    const length = to - from;
    const last = pieces.at(-1);
    const continues = last !== undefined && last.sourceOffset + last.length === sourceOffset && last.offset + last.length === offset;
    if (continues) pieces[pieces.length - 1] = { ...last, length: last.length + length };
    else if (length > 0) pieces.push({ sourceOffset, length, offset });
    offset += length;
  };
  const placed = rowGroup.chunks.map((chunk, column): PlacedChunk => {
    if (chunk.compressedBytes <= SMALL_CHUNK) {
      const start = offset;
      copy(chunk, 0, chunk.compressedBytes);
      const dictionaryAt = chunk.dictionaryPageOffset === undefined ? undefined : start;
      return { chunk, dictionaryAt, dataAt: start + chunk.dataPageOffset - chunk.start, compressedBytes: chunk.compressedBytes };
    }
    const { dictionary, skippedRows, skippedValues, from, to } = selectPages(pages[column]!, rows);
    const start = offset;
    if (dictionary !== undefined) copy(chunk, dictionary.headerStart, dictionary.end);
    const dataAt = offset;
    if (skippedRows > 0) {
      const bytes = pageHeaderV2({ values: skippedValues, rows: skippedRows, bodyBytes: 0, encoding: 'PLAIN' });
      literals.push({ bytes, offset });
      offset += bytes.length;
    }
    copy(chunk, from, to);
    return { chunk, dictionaryAt: dictionary === undefined ? undefined : start, dataAt, compressedBytes: offset - start };
  });
  return makeCut(footer, rowGroup, pieces, literals, placed, {});
}
