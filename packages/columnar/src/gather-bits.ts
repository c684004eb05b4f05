import type { Selection } from './selection.ts';

/** A bitmap that is read from bit `offset` on. Undefined: all ones. */
export interface BitSource {
  readonly bits: Uint8Array | undefined;
  readonly offset: number;
}

/** Writes bit `rows[i]` of source `which[i]`, for `count` rows from `start`, to bit i − `start` of `out`; zeros up to the next byte. */
export function gatherBits(
  out: Uint8Array,
  sources: readonly BitSource[],
  { which, rows }: Selection,
  start: number,
  count: number,
): void {
  const bitmaps = sources.map(({ bits }) => bits);
  const offsets = sources.map(({ offset }) => offset);
  let byte = 0;
  for (let index = 0; index < count; index++) {
    const source = which === undefined ? 0 : which[start + index]!;
    const bits = bitmaps[source];
    const at = offsets[source]! + rows[start + index]!;
    byte |= (bits === undefined ? 1 : (bits[at >> 3]! >> (at & 7)) & 1) << (index & 7);
    if ((index & 7) === 7) {
      out[index >> 3] = byte;
      byte = 0;
    }
  }
  if ((count & 7) !== 0) out[count >> 3] = byte;
}
