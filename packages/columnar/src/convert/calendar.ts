/** Dates and times as ISO 8601 text and back. Proleptic Gregorian, years 0000 to 9999, no leap seconds. */
const secondsPerDay = 86_400n;
const lastSecond = 253_402_300_799n;
const firstSecond = -62_167_219_200n;
/** Indexed by TimeUnit: digits behind the second. */
const fractionDigits = [0, 3, 6, 9] as const;
export type Unit = 0 | 1 | 2 | 3;

const ticksPerSecond = (unit: Unit) => 10n ** BigInt(fractionDigits[unit]);
const floorDivide = (value: bigint, by: bigint) => (value - (((value % by) + by) % by)) / by;

function isoOf(seconds: bigint): string | undefined {
  if (seconds < firstSecond || seconds > lastSecond) return undefined;
  return new Date(Number(seconds) * 1000).toISOString();
}

function fractionOf(ticks: bigint, unit: Unit): string {
  return unit === 0 ? '' : `.${String(ticks).padStart(fractionDigits[unit], '0')}`;
}

/** `2024-02-29`, from days or milliseconds since 1970; undefined where milliseconds are no whole days. */
export function dateText(ticks: bigint, isDays: boolean): string | undefined {
  if (!isDays && ticks % 86_400_000n !== 0n) return undefined;
  return isoOf(isDays ? ticks * secondsPerDay : ticks / 1000n)?.slice(0, 10);
}

/** `2024-02-29 12:34:56.789`, from ticks since 1970. */
export function instantText(ticks: bigint, unit: Unit, zone: string): string | undefined {
  const perSecond = ticksPerSecond(unit);
  const seconds = floorDivide(ticks, perSecond);
  const iso = isoOf(seconds);
  return iso && `${iso.slice(0, 10)} ${iso.slice(11, 19)}${fractionOf(ticks - seconds * perSecond, unit)}${zone}`;
}

/** `12:34:56.789`, from ticks since midnight. */
export function clockText(ticks: bigint, unit: Unit): string | undefined {
  const perSecond = ticksPerSecond(unit);
  if (ticks < 0n || ticks >= secondsPerDay * perSecond) return undefined;
  const seconds = ticks / perSecond;
  return `${isoOf(seconds)!.slice(11, 19)}${fractionOf(ticks - seconds * perSecond, unit)}`;
}

const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const clockPattern = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/;
const instantPattern = /^([\d-]{10})[ T]([\d:.]{8,18})(Z|[+-]\d{2}:?\d{2})?$/;
const offsetPattern = /^([+-])(\d{2}):?(\d{2})$/;

/** Days since 1970; undefined for what is no day of the calendar. */
export function daysOfDate(text: string): bigint | undefined {
  if (!datePattern.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  // Date takes the 30th of February for the 1st of March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined;
  return BigInt(time / 86_400_000);
}

/** Ticks since midnight; undefined for what is no time of day, or finer than the unit. */
export function ticksOfClock(text: string, unit: Unit): bigint | undefined {
  const [, hours, minutes, seconds, fraction = ''] = clockPattern.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > fractionDigits[unit]) return undefined;
  const whole = BigInt(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  return whole * ticksPerSecond(unit) + BigInt(digits.padEnd(fractionDigits[unit], '0') || '0');
}

/** Ticks since 1970. A zone (`Z`, `+01:00`) must be there exactly if the type has one. */
export function ticksOfInstant(text: string, unit: Unit, withZone: boolean): bigint | undefined {
  const [, date, clock, zone] = instantPattern.exec(text) ?? [];
  if (date === undefined || (zone !== undefined) !== withZone) return undefined;
  const days = daysOfDate(date);
  const ticks = ticksOfClock(clock!, unit);
  const shift = zone === undefined || zone === 'Z' ? 0n : secondsOfOffset(zone);
  if (days === undefined || ticks === undefined || shift === undefined) return undefined;
  return (days * secondsPerDay - shift) * ticksPerSecond(unit) + ticks;
}

function secondsOfOffset(zone: string): bigint | undefined {
  const [, sign, hours, minutes] = offsetPattern.exec(zone)!;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const seconds = BigInt(Number(hours) * 3600 + Number(minutes) * 60);
  return sign === '-' ? -seconds : seconds;
}
