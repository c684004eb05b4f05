/** A bitmap of `rows` rows of which these have no value; undefined if all have one. */
export function validityWithout(nulls: readonly number[], rows: number): Uint8Array | undefined {
  if (nulls.length === 0) return undefined;
  const bits = new Uint8Array((rows + 7) >> 3).fill(255);
  for (const row of nulls) bits[row >> 3]! &= ~(1 << (row & 7));
  return bits;
}
