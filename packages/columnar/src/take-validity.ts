import type { Allocate } from './allocate.ts';
import { bitAt, bytesForBits, countBits } from './bits.ts';
import type { Column } from './column.ts';
import { gatherBits } from './gather-bits.ts';
import type { Mask, Selection } from './selection.ts';

/** The validity of the taken rows, bit 0 first, or undefined if all are valid: equal rows always get equal buffers. */
export function takeValidity(
  sources: readonly Column[],
  selection: Selection,
  start: number,
  end: number,
  mask: Mask | undefined,
  allocate: Allocate,
): Uint8Array | undefined {
  const above = mask?.validity;
  if (above === undefined && sources.every((source) => source.validity === undefined)) return undefined;
  const count = end - start;
  const validity = allocate(bytesForBits(count));
  gatherBits(
    validity,
    sources.map((source) => ({ bits: source.validity, offset: source.validityOffset })),
    selection,
    start,
    count,
  );
  if (above !== undefined) {
    for (let index = 0; index < count; index++) {
      if (!bitAt(above, mask!.validityOffset + index)) validity[index >> 3]! &= ~(1 << (index & 7));
    }
  }
  return countBits(validity, 0, count) === count ? undefined : validity;
}
