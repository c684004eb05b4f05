/** INT96 as writers before Parquet 2.6 stored timestamps: 8 bytes of nanoseconds of the day, then 4 of a Julian day, both signed. */
export const INT96_BYTES = 12;

const JULIAN_DAY_OF_1970 = 2_440_588;
const NANOSECONDS_A_DAY = 86_400_000_000_000n;
/** Whole days that surely fit 64 bits of nanoseconds, with one to spare. */
const SAFE_DAYS = 106_750;
/** Days around 1970 that JavaScript has dates for. */
const DATE_DAYS = 100_000_000;

function nanosecondsSince1970(view: DataView, at: number): bigint {
  return BigInt(view.getInt32(at + 8, true) - JULIAN_DAY_OF_1970) * NANOSECONDS_A_DAY + view.getBigInt64(at, true);
}

/**
 * What would happen to an INT96 at `at` if it became 64 bits of a time unit, as the end of a sentence; undefined if it stays the same time.
 * @param unit nanoseconds in the unit: 1, 1000, …
 */
export function int96Fault(view: DataView, at: number, unit: number): string | undefined {
  const days = view.getInt32(at + 8, true) - JULIAN_DAY_OF_1970;
  const high = view.getInt32(at + 4, true);
  // A day has less than 2^47 nanoseconds.
  if (Math.abs(days) <= SAFE_DAYS && high >= 0 && high < 2 ** 15) {
    if (unit === 1 || (high * 2 ** 32 + view.getUint32(at, true)) % unit === 0) return undefined;
  }
  const nanoseconds = nanosecondsSince1970(view, at);
  if (nanoseconds % BigInt(unit) !== 0n) return 'a timestamp finer than the unit of its column';
  const units = nanoseconds / BigInt(unit);
  if (BigInt.asIntN(64, units) === units) return undefined;
  return unit === 1
    ? 'a timestamp outside 1677-09-21 to 2262-04-11'
    : 'a timestamp outside 64 bits of its column’s unit';
}

/** The INT96 at `at` for people: `9999-12-31T00:00:00.000000000`, or its Julian day and nanoseconds where there is no such date. */
export function int96Text(view: DataView, at: number): string {
  const nanoseconds = nanosecondsSince1970(view, at);
  const seconds = (nanoseconds - (((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)) / 1_000_000_000n;
  if (seconds > DATE_DAYS * 86_400 || seconds < -DATE_DAYS * 86_400)
    return `Julian day ${view.getInt32(at + 8, true)}, nanosecond ${view.getBigInt64(at, true)}`;
  const fraction = String(nanoseconds - seconds * 1_000_000_000n).padStart(9, '0');
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, -5)}.${fraction}`;
}
