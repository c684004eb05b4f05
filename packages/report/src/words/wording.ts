import { formatByteSize } from '@riffle/core';

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const figures = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** `1,234,567`. */
export function count(value: number): string {
  return counts.format(value);
}

/** `1 shard`, `2 shards`. */
export function counted(value: number, thing: string): string {
  return `${count(value)} ${thing}${value === 1 ? '' : 's'}`;
}

/** Three significant digits, `1,230,000`. */
export function rounded(value: number): string {
  return value >= 1000 ? count(Number(value.toPrecision(3))) : figures.format(value);
}

/** `0.42 s`, `12.3 s`, `1 min 12 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(seconds < 9.95 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `2.91%`; never rounds something to nothing, nor a part to all. */
export function percentage(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0%';
  if (part === whole) return '100%';
  const percent = (100 * part) / whole;
  if (percent < 0.01) return '< 0.01%';
  return percent > 99.99 && percent < 100 ? '> 99.99%' : `${percent.toFixed(2)}%`;
}

/** `64 rows each` or `64 or 65 rows each`. */
export function eachHas(fewest: number, most: number, thing: string): string {
  return fewest === most ? `${counted(most, thing)} each` : `${count(fewest)} or ${counted(most, thing)} each`;
}

/** `1.23 GB/s`, and a dash for work that took no time. */
export function byteRate(bytes: number, seconds: number): string {
  return seconds > 0 && bytes > 0 ? `${formatByteSize(Math.round(bytes / seconds))}/s` : '–';
}

/** `123,000 rows/s`, and a dash for work that took no time. */
export function rowRate(rows: number, seconds: number): string {
  return seconds > 0 && rows > 0 ? `${rounded(rows / seconds)} rows/s` : '–';
}

/** Text that is no longer than so many characters. What was cut off shows as `…`. */
export function clipped(text: string, most: number): string {
  const characters = Array.from(text.slice(0, 2 * most + 2));
  return characters.length <= most ? text : `${characters.slice(0, most).join('')}…`;
}
