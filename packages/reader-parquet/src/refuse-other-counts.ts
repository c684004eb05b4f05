import { BadContentError } from '@riffle/core';
import type { RowGroup } from '@riffle/codec-parquet';
import type { RecordBatch } from 'apache-arrow';
import { leafChains, rowStarts } from './row-levels.ts';

/** One sentence, however the rows were read: a reason must not depend on memory. */
function otherCounts({ index, rows }: RowGroup): BadContentError {
  return new BadContentError(
    `Its counts disagree: the pages of row group ${index} do not hold exactly the ${rows} rows that it declares.`,
    { kind: 'counts', rowGroup: index, rows },
  );
}

/** @throws BadContentError if `decoded` rows came out where `wanted` must. */
export function refuseOtherRows(rowGroup: RowGroup, decoded: number, wanted: number): void {
  if (decoded !== wanted) throw otherCounts(rowGroup);
}

/**
 * Pages are known to hold as many levels as the footer says. Levels that no row took belong to rows that it does not know, or to
 * values that the codec passed over.
 * @param levels of all rows of a column.
 * @throws BadContentError
 */
export function refuseOtherLevels(rowGroup: RowGroup, column: number, levels: number): void {
  if (levels !== rowGroup.chunks[column]!.values) throw otherCounts(rowGroup);
}

/** The same for a whole row group. Costs a look at the offsets of lists; of columns outside lists, rows are values. */
export function refuseOtherLists(rowGroup: RowGroup, batches: readonly RecordBatch[]): void {
  const lists = rowGroup.chunks.flatMap(({ leaf }, column) => (leaf.maximumRepetitionLevel > 0 ? [column] : []));
  if (lists.length === 0) return;
  const chains = batches.map((batch) => leafChains(batch));
  for (const column of lists) {
    const levels = chains.reduce((sum, ofBatch) => sum + rowStarts(ofBatch[column]!).at(-1)!, 0);
    refuseOtherLevels(rowGroup, column, levels);
  }
}
