import type { Permutation } from '@riffle/core';
import type { PlacedFile } from '../survey/plan-order.ts';
import type { SampledRow } from './sample-positions.ts';

/** A row of the result with the row of an input that the permutation puts there. */
export interface TracedRow extends SampledRow {
  readonly placed: PlacedFile;
  readonly fragment: number;
  readonly rowOfFragment: number;
  /** Counted over all fragments of the file, also those that its shard was used without. */
  readonly rowOfFile: number;
}

/** Finds the input of each sampled row, in plan order. Rows of files that cannot be read are left out. */
export function traceRows(
  sample: readonly SampledRow[],
  permutation: Permutation,
  files: readonly PlacedFile[],
): readonly TracedRow[] {
  const sources = sample
    .map((row) => ({ row, source: permutation.sourceOf(row.position) }))
    .sort((one, other) => one.source - other.source);
  const traced: TracedRow[] = [];
  let next = 0;
  for (const placed of files) {
    const { firstRow, file } = placed;
    let used = firstRow;
    let before = 0;
    for (const [fragment, { rows, lost }] of file.fragments.entries()) {
      const end = lost === true ? used : Math.min(used + rows, firstRow + file.rows);
      for (; next < sources.length && sources[next]!.source < end; next++) {
        const rowOfFragment = sources[next]!.source - used;
        traced.push({ ...sources[next]!.row, placed, fragment, rowOfFragment, rowOfFile: before + rowOfFragment });
      }
      used = end;
      before += rows;
    }
    while (next < sources.length && sources[next]!.source < firstRow + file.rows) next++;
  }
  return traced;
}
