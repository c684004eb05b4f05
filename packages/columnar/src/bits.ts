/** Bit `index` of a least-significant-bit-first bitmap. */
export function bitAt(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3]! >> (index & 7)) & 1) === 1;
}

export function bytesForBits(count: number): number {
  return (count + 7) >> 3;
}

/**
 * Copies `count` bits from bit `from` of `source` to the start of `target`. Bits past the last one in the
 * target's last byte become 0, so that equal bits are equal bytes.
 */
export function copyBits(source: Uint8Array, from: number, count: number, target: Uint8Array): void {
  const bytes = bytesForBits(count);
  const shift = from & 7;
  const first = from >> 3;
  if (shift === 0) {
    target.set(source.subarray(first, first + bytes));
  } else {
    for (let index = 0; index < bytes; index++) {
      target[index] = (source[first + index]! >> shift) | ((source[first + index + 1] ?? 0) << (8 - shift));
    }
  }
  if ((count & 7) !== 0) target[bytes - 1]! &= (1 << (count & 7)) - 1;
}

/** How many of `count` bits from bit `from` are 1. */
export function countBits(bits: Uint8Array, from: number, count: number): number {
  let ones = 0;
  let index = from;
  const end = from + count;
  while (index < end && (index & 7) !== 0) ones += bitAt(bits, index++) ? 1 : 0;
  for (; index + 8 <= end; index += 8) {
    let byte = bits[index >> 3]!;
    byte -= (byte >> 1) & 0x55;
    byte = (byte & 0x33) + ((byte >> 2) & 0x33);
    ones += (byte + (byte >> 4)) & 0x0f;
  }
  while (index < end) ones += bitAt(bits, index++) ? 1 : 0;
  return ones;
}
