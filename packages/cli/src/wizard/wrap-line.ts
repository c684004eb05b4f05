import { stripVTControlCharacters } from 'node:util';
import wrapAnsi from 'wrap-ansi';

/** A line with two columns: the second starts after at least two spaces. */
const secondColumn = /^(\s*\S.*?\s{2,})\S/;

/**
 * One line as lines of at most `width` characters. What is wrapped is indented to the second column if there is one and it leaves room,
 * so that a table of names and values stays one in a narrow terminal. A colour must end before the line breaks.
 */
export function wrapLine(text: string, width: number): string[] {
  const plain = stripVTControlCharacters(text);
  const leading = /^\s*/.exec(plain)![0].length;
  const column = secondColumn.exec(plain)?.[1]?.length ?? leading;
  const indent = column <= width / 2 ? column : Math.min(leading + 2, Math.floor(width / 2));
  const [first = '', ...rest] = wrapAnsi(text, width, { hard: true, trim: false }).split('\n');
  if (rest.length === 0) return [first];
  const further = text.slice(first.length).trimStart();
  const wrapped = wrapAnsi(further, width - indent, { hard: true }).split('\n');
  return [first.trimEnd(), ...wrapped.map((line) => ' '.repeat(indent) + line)];
}
