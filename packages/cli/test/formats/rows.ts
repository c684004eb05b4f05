/** What every format holds: a whole number, a float and a text, which some formats have no null for. */
export interface Row {
  readonly id: number;
  readonly score: number;
  readonly text: string | null;
}

/** Rows from `first` to before `end`. */
export const rowsFrom = (first: number, end: number, nulls: boolean): Row[] =>
  Array.from({ length: end - first }, (_, index) => {
    const id = first + index;
    return { id, score: id / 8, text: nulls && id % 7 === 0 ? null : `täxt "${id}", 漢字` };
  });
