import type { Stretch } from '@riffle/certificate';
import type { PlacedFile } from '../survey/plan-order.ts';

/** A run of judged rows in one fragment. */
interface Piece {
  /** Position of its first row in the whole order. */
  readonly position: number;
  /** The same, of the fragment. */
  readonly start: number;
  readonly rows: number;
}

/** A fragment that holds judged rows. */
export interface JudgedFragment {
  readonly placed: PlacedFile;
  readonly fragment: number;
  readonly pieces: readonly Piece[];
}

/** Where the rows of each stretch are stored, in order. */
export function placeStretches(files: readonly PlacedFile[], stretches: readonly Stretch[]): readonly JudgedFragment[] {
  const judged: JudgedFragment[] = [];
  let position = 0;
  let next = 0;
  for (const placed of files) {
    for (const [fragment, { rows, lost }] of placed.file.fragments.entries()) {
      if (lost === true) continue;
      const end = position + rows;
      const pieces: Piece[] = [];
      for (; next < stretches.length && stretches[next]!.start < end; next++) {
        const stretch = stretches[next]!;
        const from = Math.max(stretch.start, position);
        const to = Math.min(stretch.start + stretch.rows, end);
        if (from < to) pieces.push({ position: from, start: from - position, rows: to - from });
        // The rest of it is in the fragments that follow.
        if (stretch.start + stretch.rows > end) break;
      }
      if (pieces.length > 0) judged.push({ placed, fragment, pieces });
      position = end;
    }
  }
  return judged;
}
