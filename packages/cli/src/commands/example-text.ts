import { widthOf, wrapped } from '../render/fit.ts';
import type { Example } from './command.ts';

const INDENT = '  ';

/** A command line in lines of a width, continued with a backslash before flags and words, so that it can still be copied. */
export function commandLineText(line: string, width: number): string[] {
  if (widthOf(INDENT + line) <= width) return [INDENT + line];
  const lines: string[] = [];
  let current = INDENT;
  // A flag stays with its value.
  for (const part of line.split(/ (?=--|>|')/)) {
    const longer = current.trim() === '' ? current + part : `${current} ${part}`;
    if (widthOf(longer) + 2 > width && current.trim() !== '') {
      lines.push(`${current} \\`);
      current = `${INDENT}${INDENT}${part}`;
    } else current = longer;
  }
  return [...lines, current];
}

/** The examples of a command, for the end of its help. */
export function exampleText(examples: readonly Example[], width: number): string {
  const lines = examples.flatMap(({ does, line }, index) => [
    ...(index === 0 ? [] : ['']),
    ...wrapped(`${INDENT}${does}:`, width, 0),
    ...commandLineText(line, width - INDENT.length).map((text) => INDENT + text),
  ]);
  return ['', 'Examples:', ...lines].join('\n');
}
