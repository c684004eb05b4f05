import type { Allocate } from './allocate.ts';
import { bitAt, bytesForBits } from './bits.ts';
import type { Column } from './column.ts';
import type { Mask, Selection } from './selection.ts';

/** The validity of the taken rows, bit 0 first, or undefined if all are valid: equal rows always get equal buffers. */
export function takeValidity(
  sources: readonly Column[],
  { which, rows }: Selection,
  start: number,
  end: number,
  mask: Mask | undefined,
  allocate: Allocate,
): Uint8Array | undefined {
  const masked = mask?.validity !== undefined;
  if (!masked && sources.every((source) => source.validity === undefined)) return undefined;
  const count = end - start;
  const validity = allocate(bytesForBits(count));
  let nulls = 0;
  let byte = 0;
  for (let index = 0; index < count; index++) {
    const source = sources[which === undefined ? 0 : which[start + index]!]!;
    const maskedOut = masked && !bitAt(mask.validity!, mask.validityOffset + index);
    if (!maskedOut && (source.validity === undefined || bitAt(source.validity, source.validityOffset + rows[start + index]!))) {
      byte |= 1 << (index & 7);
    } else {
      nulls++;
    }
    if ((index & 7) === 7 || index === count - 1) {
      validity[index >> 3] = byte;
      byte = 0;
    }
  }
  return nulls === 0 ? undefined : validity;
}
