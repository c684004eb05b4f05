/** Days and clocks of the proleptic Gregorian calendar, as ISO 8601 writes them, for the years 0001 to 9999. */

const datePattern = '(\\d{4})-(\\d{2})-(\\d{2})';
const clockPattern = '(\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d+))?';
const dateText = new RegExp(`^${datePattern}$`);
const clockText = new RegExp(`^${clockPattern}$`);
const momentText = new RegExp(`^${datePattern}[T ]${clockPattern}(Z|[+-]\\d{2}:?\\d{2})?$`);

const secondsPerDay = 86_400;
const firstDay = -719_162;
const lastDay = 2_932_896;
/** Digits after the second, by Arrow's unit: s, ms, us, ns. */
const digitsOf = [0, 3, 6, 9] as const;
const perSecond = [1n, 1_000n, 1_000_000n, 1_000_000_000n] as const;

/** Days since 1970-01-01. Source: Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const pad = (number: number | bigint, digits: number) => String(number).padStart(digits, '0');

/** `2024-02-29`; undefined for days out of the years 0001 to 9999. Source: as above, civil_from_days. */
export function formatDays(days: number): string | undefined {
  if (days < firstDay || days > lastDay) return undefined;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return `${pad(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function daysOf(year: string, month: string, day: string): number | undefined {
  const days = daysFromCivil(Number(year), Number(month), Number(day));
  // The 31st of February becomes another day: it is none.
  return formatDays(days) === `${year}-${month}-${day}` ? days : undefined;
}

/** Days since 1970-01-01 of `2024-02-29`; undefined if the text is no such date. */
export function parseDays(text: string): number | undefined {
  const found = dateText.exec(text);
  return found === null ? undefined : daysOf(found[1]!, found[2]!, found[3]!);
}

function secondsOf(hours: string, minutes: string, seconds: string): number | undefined {
  if (hours > '23' || minutes > '59' || seconds > '59') return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Units of a fraction; undefined if it is finer than the unit. */
function fractionOf(fraction: string | undefined, unit: number): bigint | undefined {
  if (fraction === undefined) return 0n;
  const digits = digitsOf[unit]!;
  if (/[1-9]/.test(fraction.slice(digits))) return undefined;
  return BigInt(fraction.slice(0, digits).padEnd(digits, '0') || '0');
}

/** Units since midnight of `23:59:59.5`; undefined if the text is no such time or finer than the unit (0 s, 1 ms, 2 us, 3 ns). */
export function parseClock(text: string, unit: number): bigint | undefined {
  const found = clockText.exec(text);
  if (found === null) return undefined;
  const seconds = secondsOf(found[1]!, found[2]!, found[3]!);
  const fraction = fractionOf(found[4], unit);
  return seconds === undefined || fraction === undefined ? undefined : BigInt(seconds) * perSecond[unit]! + fraction;
}

function zoneSeconds(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)];
  if (hours > '23' || minutes > '59') return undefined;
  return (Number(hours) * 3600 + Number(minutes) * 60) * (zone[0] === '-' ? -1 : 1);
}

/**
 * Units since 1970-01-01T00:00:00 of `2024-02-29T23:59:59.5Z`. A column with a time zone wants texts with one, and one without wants none. Without a time
 * zone, a date alone is its midnight.
 */
export function parseMoment(text: string, unit: number, withZone: boolean): bigint | undefined {
  const found = momentText.exec(text);
  if (found === null) {
    const days = withZone ? undefined : parseDays(text);
    return days === undefined ? undefined : BigInt(days * secondsPerDay) * perSecond[unit]!;
  }
  if ((found[8] !== undefined) !== withZone) return undefined;
  const days = daysOf(found[1]!, found[2]!, found[3]!);
  const seconds = secondsOf(found[4]!, found[5]!, found[6]!);
  const fraction = fractionOf(found[7], unit);
  const east = found[8] === undefined ? 0 : zoneSeconds(found[8]);
  if (days === undefined || seconds === undefined || fraction === undefined || east === undefined) return undefined;
  return BigInt(days * secondsPerDay + seconds - east) * perSecond[unit]! + fraction;
}

function clockOf(seconds: number, fraction: bigint, unit: number): string {
  const clock = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  return unit === 0 ? clock : `${clock}.${pad(fraction, digitsOf[unit]!)}`;
}

/** The reverse of {@link parseClock}, with all digits of the unit; undefined for what is not within a day. */
export function formatClock(value: bigint, unit: number): string | undefined {
  const scale = perSecond[unit]!;
  if (value < 0n || value >= scale * BigInt(secondsPerDay)) return undefined;
  return clockOf(Number(value / scale), value % scale, unit);
}

/** The reverse of {@link parseMoment}, with all digits of the unit; undefined out of the years 0001 to 9999. */
export function formatMoment(value: bigint, unit: number, withZone: boolean): string | undefined {
  const scale = perSecond[unit]!;
  const fraction = ((value % scale) + scale) % scale;
  const seconds = Number((value - fraction) / scale);
  const days = Math.floor(seconds / secondsPerDay);
  const date = formatDays(days);
  if (date === undefined) return undefined;
  return `${date}T${clockOf(seconds - days * secondsPerDay, fraction, unit)}${withZone ? 'Z' : ''}`;
}
