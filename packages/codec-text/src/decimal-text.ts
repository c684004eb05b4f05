const pattern = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** The unscaled integer of a decimal text; undefined if it is none, has more digits after the point than `scale`, or more than `precision` in all. */
export function parseDecimal(text: string, precision: number, scale: number): bigint | undefined {
  // Far more digits than any decimal has: not worth a big integer.
  if (text.length > 400) return undefined;
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const fraction = found[3] ?? '';
  let digits = BigInt(found[2]! + fraction);
  let shift = scale - fraction.length + Number(found[4] ?? 0);
  for (; shift < 0; shift++) {
    if (digits % 10n !== 0n) return undefined;
    digits /= 10n;
  }
  const unscaled = digits * 10n ** BigInt(shift);
  if (unscaled >= 10n ** BigInt(precision)) return undefined;
  return found[1] === '-' ? -unscaled : unscaled;
}

/** `-1.50` of -150 and the scale 2: all digits of the scale. */
export function formatDecimal(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
