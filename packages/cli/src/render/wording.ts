import { count, counted } from '@riffle/core';
import { padded, widthOf, wrapped } from './fit.ts';

const NARROWEST_VALUE = 16;

/** `7, of 11,614 or 11,615 rows each`. */
export function evenShards(shards: number, fewest: number, most: number): string {
  const rows = fewest === most ? counted(most, 'row') : `${count(fewest)} or ${counted(most, 'row')}`;
  return `${count(shards)}, of ${rows} each`;
}

/** A length of time that is only estimated, no finer than an estimate can be: `8 s`, `45 s`, `3 min`, `1 h 20 min`. */
export function roughDuration(seconds: number): string {
  if (seconds < 10) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 57.5) return `${Math.round(seconds / 5) * 5} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${Math.max(1, minutes)} min`;
  const tens = Math.round(seconds / 600) * 10;
  return `${Math.floor(tens / 60)} h${tens % 60 === 0 ? '' : ` ${tens % 60} min`}`;
}

/** `2.91%`; never rounds something to nothing. */
export function percentage(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent >= 99.995) return `${Math.floor(percent)}%`;
  return percent < 0.01 ? '< 0.01%' : `${percent.toFixed(2)}%`;
}

// oxlint-disable-next-line no-control-regex -- characters that steer a terminal or reorder what stands beside them must go
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Text that came from files (names, metadata) without the characters that steer a terminal.
 * Newlines are kept: messages have several lines.
 */
export function printable(text: string): string {
  return text.replace(steering, '\uFFFD');
}

/** Whether text holds such characters, newlines among them: then it cannot be shown as it is. */
export function hasSteering(text: string): boolean {
  return printableLine(text) !== text;
}

/** The same in one line: a newline in a name must not begin a line that looks like one of Riffle's own. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\uFFFD');
}

/** JSON in which such characters stand escaped: the same value, whoever looks at it. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    steering,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Pairs in two columns, indented; a value may have several lines. Values wrap in their column where a width is given. */
export function table(pairs: readonly (readonly [name: string, value: string])[], width?: number): string[] {
  const names = Math.max(...pairs.map(([name]) => widthOf(name)));
  const room = width === undefined ? undefined : Math.max(NARROWEST_VALUE, width - names - 4);
  return pairs.flatMap(([name, value]) =>
    value
      .split('\n')
      .flatMap((line) => wrapped(line, room))
      .map((line, index) => `  ${padded(index === 0 ? name : '', names)}  ${line}`.trimEnd()),
  );
}
