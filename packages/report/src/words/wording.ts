import { count, counted, formatByteSize } from '@riffle/core';

const figures = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** Three significant digits, `1,230,000`. */
export function rounded(value: number): string {
  return value >= 1000 ? count(Number(value.toPrecision(3))) : figures.format(value);
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
