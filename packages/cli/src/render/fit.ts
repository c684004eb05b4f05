import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Narrower than this nothing is laid out for; a terminal wraps it. */
const NARROWEST = 20;

/** The columns that text takes on a terminal: two for a Chinese character, none for a combining accent or a colour. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Text with spaces up to a width in columns of the terminal. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Text cut to a width at its end, with `…` for what is gone. */
export function cutAtEnd(text: string, width: number): string {
  return widthOf(text) <= width ? text : cliTruncate(text, Math.max(1, width));
}

/** Text cut to a width in its middle, as paths and types are best: both ends tell something. */
export function cutInMiddle(text: string, width: number): string {
  return widthOf(text) <= width ? text : cliTruncate(text, Math.max(1, width), { position: 'middle' });
}

/**
 * Text in lines of at most `width` columns, broken between words. A word that alone is longer stays whole, so that a path can still
 * be copied. Every line after the first is indented by `hanging` spaces more than the first is.
 */
export function wrapped(text: string, width: number | undefined, hanging = 2): string[] {
  if (width === undefined || widthOf(text) <= width) return [text];
  const first = /^ */.exec(text)![0];
  const indent = first.length + hanging;
  const room = Math.max(NARROWEST - indent, width - indent, 1);
  const lines = wrapAnsi(text.slice(first.length), room, { trim: true }).split('\n');
  return lines.map((line, index) => (index === 0 ? first : ' '.repeat(indent)) + line);
}
