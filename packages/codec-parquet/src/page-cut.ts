import { magic, type PlacedChunk } from './cut-footer.ts';
import { makeCut, type Cut, type CutLiteral, type CutPiece } from './cut.ts';
import type { Footer } from './footer.ts';
import { hollowPage } from './hollow-page.ts';
import { pageHeaderV2, type PageHeader } from './page-header.ts';
import type { ColumnChunk, RowGroup } from './row-group.ts';

/** Consecutive data pages of a column chunk; a dictionary page always comes along. */
export interface PageRange {
  /** Index of the first one among the chunk's data pages. */
  readonly first: number;
  /** Index after the last one. */
  readonly end: number;
  /** Rows in the pages before the first one; that one must begin with a row. */
  readonly rowsBefore: number;
}

/** The pages among all that hold values. */
export function dataPages(pages: readonly PageHeader[]): readonly PageHeader[] {
  return pages.filter(({ kind }) => kind === 'DATA_PAGE' || kind === 'DATA_PAGE_V2');
}

/** The data pages that hold rows `start … end`, or undefined if the pages do not tell their rows. */
export function pagesOfRows(data: readonly PageHeader[], start: number, end: number): PageRange | undefined {
  let first = 0;
  let rowsBefore = 0;
  let row = 0;
  for (const [index, page] of data.entries()) {
    if (page.rows === undefined) return undefined;
    if (row >= end) return { first, end: index, rowsBefore };
    if (row <= start) {
      first = index;
      rowsBefore = row;
    }
    row += page.rows;
  }
  return { first, end: data.length, rowsBefore };
}

/**
 * Plans a file of the whole row group of which only some rows can be read: pages before them are stood in for by one
 * empty page, pages after them are missing. Rows keep their numbers, so it is read with `offset` and `limit`.
 * @param pages of each chunk in order, positions counted from the chunk's start.
 * @param ranges what to keep of each chunk; undefined for all of it.
 * @param hollowLevels columns of which no value is kept, by their numbers, with the level that all rows are defined to, less than the
 *   leaf's highest and less than 256: for a reader that decodes these columns itself.
 */
export function planPageCut(
  footer: Footer,
  rowGroup: RowGroup,
  pages: readonly (readonly PageHeader[])[],
  ranges: readonly (PageRange | undefined)[],
  hollowLevels: ReadonlyMap<number, number> = new Map(),
): Cut {
  const pieces: CutPiece[] = [];
  const literals: CutLiteral[] = [];
  let offset = magic.length;
  const copy = (chunk: ColumnChunk, from: number, to: number): void => {
    const sourceOffset = chunk.start + from;
    const length = to - from;
    const last = pieces.at(-1);
    const continues =
      last !== undefined && last.sourceOffset + last.length === sourceOffset && last.offset + last.length === offset;
    if (continues) pieces[pieces.length - 1] = { ...last, length: last.length + length };
    else if (length > 0) pieces.push({ sourceOffset, length, offset });
    offset += length;
  };
  const placed = rowGroup.chunks.map((chunk, column): PlacedChunk => {
    const range = ranges[column];
    const start = offset;
    const level = hollowLevels.get(column);
    if (level !== undefined) {
      const bytes = hollowPage(chunk.leaf, rowGroup.rows, level);
      literals.push({ bytes, offset });
      offset += bytes.length;
      const { rows: hollowRows } = rowGroup;
      return { chunk, dictionaryAt: undefined, dataAt: start, compressedBytes: bytes.length, hollowRows };
    }
    if (range === undefined) {
      copy(chunk, 0, chunk.compressedBytes);
      const dictionaryAt = chunk.dictionaryPageOffset === undefined ? undefined : start;
      return {
        chunk,
        dictionaryAt,
        dataAt: start + chunk.dataPageOffset - chunk.start,
        compressedBytes: chunk.compressedBytes,
      };
    }
    const dictionary = pages[column]!.find(({ kind }) => kind === 'DICTIONARY_PAGE');
    const data = dataPages(pages[column]!);
    const { first, end, rowsBefore } = range;
    if (dictionary !== undefined) copy(chunk, dictionary.headerStart, dictionary.end);
    const dataAt = offset;
    if (first > 0) {
      const values = data.slice(0, first).reduce((sum, page) => sum + page.values, 0);
      const bytes = pageHeaderV2({ values, rows: rowsBefore, bodyBytes: 0, encoding: 'PLAIN' });
      literals.push({ bytes, offset });
      offset += bytes.length;
    }
    if (end > first) copy(chunk, data[first]!.headerStart, data[end - 1]!.end);
    return {
      chunk,
      dictionaryAt: dictionary === undefined ? undefined : start,
      dataAt,
      compressedBytes: offset - start,
    };
  });
  return makeCut(footer, rowGroup, pieces, literals, placed, {});
}
