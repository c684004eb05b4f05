/** Most rows fed to a writer at once: a rule, like the bytes. */
const feedRows = 2 ** 18;

/**
 * Cuts rows `start … end` by the rule that fixes the output's bytes: a piece ends before the row that would take it past `feedBytes`, or at
 * {@link feedRows} rows. The last piece need not be full.
 *
 * @param sizes bytes of Arrow data by row.
 */
export function* cutForFeeding(
  sizes: Float64Array,
  start: number,
  end: number,
  feedBytes: number,
): Generator<readonly [from: number, to: number]> {
  let first = start;
  let bytes = 0;
  for (let row = start; row < end; row++) {
    const size = sizes[row]!;
    if (row > first && (bytes + size > feedBytes || row - first === feedRows)) {
      yield [first, row];
      first = row;
      bytes = 0;
    }
    bytes += size;
  }
  if (first < end) yield [first, end];
}
