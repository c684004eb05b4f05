import type { ReadableFile } from '@riffle/core';
import type { ColumnChunk, PageHeader, RowGroup } from '@riffle/codec-parquet';
import type { OpenedFile } from '../opened-file.ts';
import { canStream, createByteArrayStream } from './byte-array-stream.ts';
import { directColumns, type DirectColumn } from './direct-columns.ts';
import { directArena } from './direct-memory.ts';
import { areTexts } from './is-text.ts';
import { bytesColumn, type DecodedColumn } from './substitute.ts';

/** Columns of a row group that are decoded past the codec while it is read in slices. */
export interface DirectSlices {
  /** By number of the column: the level that the codec is to find in their place. */
  readonly hollowLevels: ReadonlyMap<number, number>;
  /** The next rows of all of them, or undefined if one holds what only the codec can judge. After that, and after {@link giveUp}, it stays so. */
  next(rows: number): Promise<readonly DecodedColumn[] | undefined>;
  giveUp(): void;
}

/** The byte strings of a row group that can be decoded in any number of slices without holding a whole page. */
export function streamedColumns(
  { footer, schema, leaves }: OpenedFile,
  rowGroup: RowGroup,
  pages: readonly (readonly PageHeader[])[],
): readonly DirectColumn[] {
  return directColumns(footer, schema, leaves, rowGroup).filter(
    ({ kind, column }) => kind === 'bytes' && canStream(pages[column]!),
  );
}

/** More than a slice should take by its rows. */
const SPARE = 1.1;

/** Undefined if there are no such columns. */
export function createDirectSlices(
  file: ReadableFile,
  opened: OpenedFile,
  rowGroup: RowGroup,
  pages: readonly (readonly PageHeader[])[],
): DirectSlices | undefined {
  const columns = streamedColumns(opened, rowGroup, pages);
  if (columns.length === 0) return undefined;
  const streams = columns.map((direct) => {
    const chunk: ColumnChunk = rowGroup.chunks[direct.column]!;
    const stream = createByteArrayStream(file, chunk, pages[direct.column]!);
    // By its pages, whose sizes the scan has compared with what the file holds; not by what the footer says.
    const bytes = pages[direct.column]!.reduce((sum, page) => sum + page.uncompressedBytes, 0);
    return { direct, stream, perRow: bytes / rowGroup.rows };
  });
  let row = 0;
  let gaveUp = false;

  async function decode(rows: number): Promise<readonly DecodedColumn[] | undefined> {
    const { allocate, reset } = directArena();
    reset();
    const decoded: DecodedColumn[] = [];
    row += rows;
    for (const { direct, stream, perRow } of streams) {
      const values = await stream.next(rows, Math.ceil(SPARE * perRow * rows), allocate);
      if (values === undefined || (direct.isText && !areTexts(values))) return undefined;
      if (row === rowGroup.rows && !stream.isAtEnd()) return undefined;
      decoded.push({ path: direct.path, substitute: bytesColumn(values, rows) });
    }
    return decoded;
  }

  return {
    hollowLevels: new Map(columns.map(({ column, hollowLevel }) => [column, hollowLevel])),
    async next(rows) {
      const decoded = gaveUp ? undefined : await decode(rows);
      gaveUp ||= decoded === undefined;
      return decoded;
    },
    giveUp() {
      gaveUp = true;
    },
  };
}
