import { isUtf8 } from 'node:buffer';
import { BadContentError } from '@riffle/core';
import type { Data } from 'apache-arrow';

export const notUtf8 = (column: string): BadContentError =>
  new BadContentError(`Column ${column} holds text that is not valid UTF-8.`, { kind: 'text', column });

/** Whole text must be UTF-8, and no value may begin within a character. */
export function checkText(
  { valueOffsets, values, length }: Data,
  [first, last]: readonly [number, number],
  column: string,
): void {
  const bytes = values as Uint8Array;
  if (!isUtf8(bytes.subarray(first, last))) throw notUtf8(column);
  for (let row = 1; row < length; row++) {
    const at = Number((valueOffsets as Int32Array | BigInt64Array)[row]!);
    if (at < last && (bytes[at]! & 0xc0) === 0x80) throw notUtf8(column);
  }
}
