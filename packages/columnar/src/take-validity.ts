import { bitAt, bytesForBits } from './bits.ts';
import type { Column } from './column.ts';
import type { Mask, Selection } from './selection.ts';

/** The validity of the taken rows, bit 0 first, or undefined if all are valid: equal rows always get equal buffers. */
export function takeValidity(sources: readonly Column[], selection: Selection, start: number, end: number, mask: Mask | undefined): Uint8Array | undefined {
  const masked = mask?.validity !== undefined;
  if (!masked && sources.every((source) => source.validity === undefined)) return undefined;
  const { which, rows } = selection;
  const validity = new Uint8Array(bytesForBits(end - start));
  let nulls = 0;
  for (let index = start; index < end; index++) {
    const source = sources[which === undefined ? 0 : which[index]!]!;
    const maskedOut = masked && !bitAt(mask.validity!, mask.validityOffset + index - start);
    if (!maskedOut && (source.validity === undefined || bitAt(source.validity, source.validityOffset + rows[index]!))) {
      validity[(index - start) >> 3]! |= 1 << ((index - start) & 7);
    } else {
      nulls++;
    }
  }
  return nulls === 0 ? undefined : validity;
}
