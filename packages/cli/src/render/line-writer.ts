import type { Output } from '../host.ts';

/** Between two lines of progress where it cannot be redrawn in place. */
export const PLAIN_PROGRESS_MILLISECONDS = 5000;

/** Lines for a log or a terminal that cannot redraw, with a line of progress now and then. */
export interface LineWriter {
  line(text: string): void;
  /** Writes the progress if it is time to. `text` is only called then. */
  progress(text: () => string): void;
}

export function createLineWriter(output: Output, now: () => number): LineWriter {
  let shownAt = now();
  return {
    line: (text) => output.write(`${text}\n`),
    progress(text) {
      if (now() - shownAt < PLAIN_PROGRESS_MILLISECONDS) return;
      shownAt = now();
      output.write(`${text()}\n`);
    },
  };
}
