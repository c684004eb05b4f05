import type { Output } from '../host.ts';
import { wrapLine } from './wrap-line.ts';

/** What stands on the terminal above the question: lines that can be taken back. */
export interface Page {
  /** Writes lines, wrapped to the width of the terminal. */
  say(...lines: readonly string[]): void;
  /** Writes lines as they are, for people to copy. */
  sayVerbatim(...lines: readonly string[]): void;
  /** One line that goes as soon as anything else is written. */
  status(line: string): void;
  /** How much stands there now, for {@link takeBack}. */
  mark(): number;
  /** Erases all lines that were written after the mark. */
  takeBack(mark: number): void;
}

const DEFAULT_WIDTH = 80;

/** @param output a terminal; all that is written on it must go through the page, or through prompts that leave nothing behind */
export function createPage(output: Output): Page {
  const lines: string[] = [];
  let status = false;
  const width = () => output.columns ?? DEFAULT_WIDTH;

  function clearStatus(): void {
    if (status) output.write('\r\u001b[2K');
    status = false;
  }

  function write(written: readonly string[]): void {
    clearStatus();
    lines.push(...written);
    output.write(written.map((line) => `${line}\n`).join(''));
  }

  return {
    say: (...texts) => write(texts.flatMap((text) => wrapLine(text, width()))),
    sayVerbatim: (...texts) => write(texts),
    status(line) {
      clearStatus();
      // A line that wraps could not be taken away.
      output.write(line.slice(0, width() - 1));
      status = true;
    },
    mark: () => lines.length,
    takeBack(mark) {
      clearStatus();
      // The terminal may be narrower than it was when they were written.
      const rows = lines.splice(mark).reduce((sum, line) => sum + Math.max(1, wrapLine(line, width()).length), 0);
      if (rows > 0) output.write(`\u001b[${rows}A\r\u001b[J`);
    },
  };
}
