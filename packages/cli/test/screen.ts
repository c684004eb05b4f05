import xterm from '@xterm/headless';
import type { Output } from '../src/host.ts';

/** A terminal that keeps what a program wrote to it, and can be read like a screen. */
export interface Screen {
  readonly output: Output;
  resize(columns: number): Promise<void>;
  /** All lines, those scrolled away too, without blank ones at the end. */
  lines(): Promise<string[]>;
}

export function createScreen(columns: number, rows = 30): Screen {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
  const written = () => new Promise<void>((resolve) => terminal.write('', resolve));
  return {
    output: {
      // A terminal turns the end of a line into both characters.
      write: (text) => terminal.write(text.replaceAll('\n', '\r\n')),
      isTTY: true,
      get columns() {
        return terminal.cols;
      },
      get rows() {
        return terminal.rows;
      },
    },
    async resize(wanted) {
      await written();
      terminal.resize(wanted, rows);
    },
    async lines() {
      await written();
      const { active } = terminal.buffer;
      const all = Array.from({ length: active.length }, (_, index) => active.getLine(index)!.translateToString(true));
      while (all.at(-1) === '') all.pop();
      return all;
    },
  };
}
