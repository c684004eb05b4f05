/** An integer of any width in bytes, little-endian, as a BigInt: for rare values and for what is asked for by hand. */
export function readInteger(values: Uint8Array, at: number, width: number, signed: boolean): bigint {
  let value = 0n;
  for (let index = at + width - 1; index >= at; index--) value = (value << 8n) | BigInt(values[index]!);
  return signed ? BigInt.asIntN(8 * width, value) : value;
}

/** An integer of 8 bytes at most: as a number if a double surely holds it, else as a BigInt, both with the same digits. */
export function integerNumber(values: Uint8Array, at: number, width: number, signed: boolean): number | bigint {
  let low = 0;
  for (let index = Math.min(width, 4) - 1; index >= 0; index--) low = low * 256 + values[at + index]!;
  if (width <= 4) return signed && low >= 2 ** (8 * width - 1) ? low - 2 ** (8 * width) : low;
  let high = 0;
  for (let index = 7; index >= 4; index--) high = (high << 8) | values[at + index]!;
  const isSmall = high < 0x200000 && high >= (signed ? -0x200000 : 0);
  return isSmall ? high * 2 ** 32 + low : readInteger(values, at, width, signed);
}

/** The reverse of {@link readInteger}; what does not fit the width is cut off. */
export function writeInteger(values: Uint8Array, at: number, width: number, value: bigint): void {
  let rest = value;
  for (let index = at; index < at + width; index++) {
    values[index] = Number(rest & 255n);
    rest >>= 8n;
  }
}

/** The integers that a type holds, both ends included. */
export interface IntegerRange {
  readonly lowest: bigint;
  readonly highest: bigint;
}

export function rangeOfBits(bits: number, signed: boolean): IntegerRange {
  return signed
    ? { lowest: -(1n << BigInt(bits - 1)), highest: (1n << BigInt(bits - 1)) - 1n }
    : { lowest: 0n, highest: (1n << BigInt(bits)) - 1n };
}

export function isInRange(value: bigint, { lowest, highest }: IntegerRange): boolean {
  return value >= lowest && value <= highest;
}
