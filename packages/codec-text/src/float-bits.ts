const words = new DataView(new ArrayBuffer(8));

/** The value of half-precision bits (IEEE 754 binary16). A NaN's payload is not kept. */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** The nearest half-precision bits of a number, ties to even; infinity beyond 65,504. */
export function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size < 2 ** -14) return sign | nearestEven(size * 2 ** 24);
  if (size >= 65_520) return sign | 0x7c00;
  words.setFloat64(0, size);
  const exponent = ((words.getUint32(0) >>> 20) & 2047) - 1023;
  // A fraction that rounds up to 1024 carries into the exponent by itself.
  return sign | (((exponent + 15) << 10) + nearestEven((size / 2 ** exponent - 1) * 1024));
}

function nearestEven(value: number): number {
  const lower = Math.floor(value);
  const rest = value - lower;
  return rest > 0.5 || (rest === 0.5 && lower % 2 === 1) ? lower + 1 : lower;
}

/** The NaN that `NaN` alone means, by bytes of the float. */
const plainNaN: Readonly<Record<number, bigint>> = { 2: 0x7e00n, 4: 0x7fc0_0000n, 8: 0x7ff8_0000_0000_0000n };

/** The word for what JSON has no number for: `Infinity`, `-Infinity`, `NaN`, or `NaN:` and all bits of another NaN. */
export function unusualFloat(value: number, bits: bigint, bytes: number): string {
  if (!Number.isNaN(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return bits === plainNaN[bytes] ? 'NaN' : `NaN:${bits.toString(16).padStart(bytes * 2, '0')}`;
}

/** The bits of a NaN as {@link unusualFloat} words it; undefined for other words. */
export function nanBits(word: string, bytes: number): bigint | undefined {
  if (word === 'NaN') return plainNaN[bytes]!;
  if (!new RegExp(`^NaN:[0-9a-f]{${bytes * 2}}$`).test(word)) return undefined;
  const bits = BigInt(`0x${word.slice(4)}`);
  const exponent = plainNaN[bytes]! & { 2: 0x7c00n, 4: 0x7f80_0000n, 8: 0x7ff0_0000_0000_0000n }[bytes]!;
  const fraction = bits & ((exponent & -exponent) - 1n);
  return (bits & exponent) === exponent && fraction !== 0n ? bits : undefined;
}
