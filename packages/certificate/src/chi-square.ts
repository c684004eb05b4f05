/** A table of counts, row by row. */
export interface CountTable {
  readonly rows: number;
  readonly columns: number;
  /** `rows × columns` counts. */
  readonly counts: Float64Array;
}

export interface ChiSquare {
  readonly value: number;
  readonly degreesOfFreedom: number;
}

/**
 * Pearson's chi-square of a table against the product of its margins. The margins are fixed in a shuffle (so many rows in each block, so many
 * of each group), under which the mean of chi-square is its degrees of freedom times n / (n − 1), and its distribution tends to that of
 * chi-square: J. B. S. Haldane, "The mean and variance of χ², when used as a test of homogeneity, when expectations are small",
 * Biometrika 31 (1940). Empty rows and columns do not count.
 */
export function chiSquareOf({ rows, columns, counts }: CountTable): ChiSquare {
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = counts[row * columns + column]!;
      rowSums[row]! += cell;
      columnSums[column]! += cell;
      total += cell;
    }
  }
  let value = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const expected = (rowSums[row]! * columnSums[column]!) / total;
      if (expected > 0) value += (counts[row * columns + column]! - expected) ** 2 / expected;
    }
  }
  const filled = (sums: Float64Array) => sums.filter((sum) => sum > 0).length;
  return { value, degreesOfFreedom: (filled(rowSums) - 1) * (filled(columnSums) - 1) };
}
