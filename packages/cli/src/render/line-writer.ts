import type { Output } from '../host.ts';

/** Between two redrawings of the progress line on a terminal. */
const REDRAW_MILLISECONDS = 100;

/** Between two lines of progress elsewhere. */
export const PLAIN_PROGRESS_MILLISECONDS = 5000;

/** Lines for people, with one line of progress below them on a terminal. */
export interface LineWriter {
  line(text: string): void;
  /** Shows or replaces the progress. `text` is only called when it is time to show it. */
  progress(text: () => string): void;
  /** Takes the progress line away. */
  clear(): void;
}

/** On a terminal the progress line is redrawn in place; elsewhere a plain line comes every few seconds. */
export function createLineWriter(output: Output, now: () => number): LineWriter {
  const every = output.isTTY ? REDRAW_MILLISECONDS : PLAIN_PROGRESS_MILLISECONDS;
  let shownAt = output.isTTY ? -Infinity : now();
  let shown = '';
  function clear(): void {
    if (shown !== '') output.write('\r\u001b[2K');
    shown = '';
  }
  return {
    clear,
    line(text) {
      const again = shown;
      clear();
      output.write(`${text}\n${again}`);
      shown = again;
    },
    progress(text) {
      if (now() - shownAt < every) return;
      shownAt = now();
      if (!output.isTTY) {
        output.write(`${text()}\n`);
        return;
      }
      clear();
      // A line that wraps could not be taken away.
      shown = text().slice(0, (output.columns ?? 80) - 1);
      output.write(shown);
    },
  };
}
