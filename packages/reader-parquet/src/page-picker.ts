import { dataPages, pagesOfRows, type PageHeader, type PageRange, type RowGroup } from '@riffle/codec-parquet';
import type { RecordBatch } from 'apache-arrow';
import { refuseOtherLevels } from './refuse-other-counts.ts';
import { leafChains, rowStarts } from './row-levels.ts';

/** Chooses the pages that a slice of rows needs. Slices are taken one after the other, from the first row on. */
export interface PagePicker {
  /** Whether there are columns for which pages are picked by guess. */
  readonly guesses: boolean;
  /**
   * Pages for the next `rows` rows. Of list columns whose pages do not tell their rows, some more than should be needed,
   * or all that are left if `generous`. Undefined for a chunk that is taken as a whole.
   */
  pick(rows: number, generous: boolean): (PageRange | undefined)[];
  /**
   * Notes that a slice was decoded. False if the pages that were picked may have ended within its last row: pick generously
   * and decode again.
   * @throws BadContentError if the pages hold other rows than the row group declares.
   */
  accept(batches: readonly RecordBatch[], picked: readonly (PageRange | undefined)[]): boolean;
}

/** What is known of a list column whose pages do not tell their rows. */
interface Progress {
  /** Level at which the next row begins. */
  level: number;
  /** The last page known to begin with a row, at or before the next row. */
  page: number;
  rowsBefore: number;
}

/** A chunk this small is taken as a whole: it saves a read more often than it costs memory. */
const SMALL_CHUNK = 64 * 1024;

/** Levels to pick for every level that the next rows should take. */
const SPARE = 1.25;

/** First index of `sorted` whose value is not below `value`. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function createPagePicker(
  rowGroup: RowGroup,
  pages: readonly (readonly PageHeader[])[],
  smallChunk: number = SMALL_CHUNK,
): PagePicker {
  const columns = pages.map((all, column) => {
    const data = dataPages(all);
    const pageStarts = new Float64Array(data.length + 1);
    for (const [index, page] of data.entries()) pageStarts[index + 1] = pageStarts[index]! + page.values;
    const small = rowGroup.chunks[column]!.compressedBytes <= smallChunk;
    const progress: Progress | undefined =
      !small && data.some(({ rows }) => rows === undefined) ? { level: 0, page: 0, rowsBefore: 0 } : undefined;
    const { leaf } = rowGroup.chunks[column]!;
    return { data, pageStarts, small, progress, isList: leaf.maximumRepetitionLevel > 0, levels: 0 };
  });
  const guesses = columns.some(({ progress }) => progress !== undefined);
  const hasLists = columns.some(({ isList }) => isList);
  let row = 0;

  function pick(rows: number, generous: boolean): (PageRange | undefined)[] {
    return columns.map(({ data, pageStarts, small, progress }) => {
      if (small) return undefined;
      if (progress === undefined) return pagesOfRows(data, row, row + rows);
      const levels = pageStarts[data.length]!;
      const perRow = (levels - progress.level) / (rowGroup.rows - row);
      const wanted = generous ? levels : progress.level + rows * perRow * SPARE + 1;
      return {
        first: progress.page,
        end: Math.min(data.length, lowerBound(pageStarts, wanted) + 1),
        rowsBefore: progress.rowsBefore,
      };
    });
  }

  function accept(batches: readonly RecordBatch[], picked: readonly (PageRange | undefined)[]): boolean {
    const slices = hasLists
      ? batches.map((batch) => {
          const starts = leafChains(batch).map((chain, column) =>
            columns[column]!.isList ? rowStarts(chain) : undefined,
          );
          return { rows: batch.numRows, starts };
        })
      : [];
    const next = columns.map(({ data, pageStarts, progress }, column): Progress | undefined => {
      if (progress === undefined) return undefined;
      let { level, page, rowsBefore } = progress;
      let firstRow = row;
      for (const { rows, starts } of slices) {
        const levels = starts[column]!;
        const last = level + levels[rows]!;
        for (
          let candidate = Math.min(data.length - 1, lowerBound(pageStarts, last + 1) - 1);
          candidate > page;
          candidate--
        ) {
          const at = lowerBound(levels, pageStarts[candidate]! - level);
          if (level + levels[at]! !== pageStarts[candidate]) continue;
          page = candidate;
          rowsBefore = firstRow + at;
        }
        level = last;
        firstRow += rows;
      }
      return { level, page, rowsBefore };
    });
    const short = next.some((progress, column) => {
      const { data, pageStarts } = columns[column]!;
      const end = picked[column]?.end ?? data.length;
      return progress !== undefined && end < data.length && progress.level >= pageStarts[end]!;
    });
    if (short) return false;
    row += batches.reduce((sum, batch) => sum + batch.numRows, 0);
    for (const [column, progress] of next.entries()) {
      const picking = columns[column]!;
      if (progress !== undefined) Object.assign(picking.progress!, progress);
      if (!picking.isList) continue;
      for (const { rows, starts } of slices) picking.levels += starts[column]![rows]!;
      if (row === rowGroup.rows) refuseOtherLevels(rowGroup, column, picking.levels);
    }
    return true;
  }

  return { guesses, pick, accept };
}
