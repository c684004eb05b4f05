import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

const entry = fileURLToPath(new URL('../../bin/riffle.mjs', import.meta.url));

/** What keys send. */
export const keys = {
  enter: '\r',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  tab: '\t',
  space: ' ',
  backspace: '\u007f',
  ctrlC: '\u0003',
  ctrlD: '\u0004',
} as const;

export interface PseudoTerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly workingFolder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A command other than riffle, such as a shell around it; `riffle` with these words otherwise. */
  readonly command?: readonly string[];
}

/** A program in a terminal whose screen can be read. */
export interface PseudoTerminal {
  /** Lines of the screen with all that scrolled out above it, as they would be copied, without what is empty at the end. */
  screen(): string;
  /** Everything that the program wrote, steering included. */
  raw(): string;
  press(...sequences: readonly string[]): void;
  /** Waits until the screen shows it, be it half drawn. Fails with the screen in its message. */
  shows(what: string | RegExp): Promise<void>;
  /** Waits until the screen shows it and is drawn to its end; the screen then. Fails with the screen in its message. */
  sees(what: string | RegExp): Promise<string>;
  resize(columns: number, rows: number): void;
  cursorIsShown(): boolean;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<number>;
}

function pending(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

const PATIENCE_MILLISECONDS = 60_000;
const QUIET_MILLISECONDS = 50;
/** What moves all the time, such as a spinner, is not waited for longer. */
const PIECES_MILLISECONDS = 500;
const quiet = () => new Promise<void>((resolve) => setTimeout(resolve, QUIET_MILLISECONDS));

/** Starts the built command in a pseudo-terminal. */
export function openTerminal(
  words: readonly string[],
  {
    columns = 80,
    rows = 40,
    workingFolder,
    environment = {},
    command = [process.execPath, entry],
  }: PseudoTerminalOptions,
): PseudoTerminal {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 5000 });
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const child = spawn(command[0]!, [...command.slice(1), ...words], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: workingFolder,
    env: { ...inherited, ...environment },
  });
  let written = '';
  let shows = true;
  let changed = pending();
  child.onData((text) => {
    written += text;
    terminal.write(text, () => {
      changed.resolve();
      changed = pending();
    });
  });
  // The only way to know it from outside: the sequences that hide and show it.
  const shown = () => written.lastIndexOf('\u001b[?25h') >= written.lastIndexOf('\u001b[?25l');
  const ended = new Promise<number>((resolve) =>
    child.onExit(async ({ exitCode, signal }) => {
      // On a busy machine, the end is told before the last words are.
      for (let before = -1; before !== written.length; await quiet()) before = written.length;
      shows = shown();
      terminal.write('', () => resolve(signal === undefined || signal === 0 ? exitCode : 128 + signal));
    }),
  );

  function screen(): string {
    const { active } = terminal.buffer;
    const lines: string[] = [];
    for (let row = 0; row < active.length; row++) {
      const goesOn = active.getLine(row + 1)?.isWrapped === true;
      const text = active.getLine(row)?.translateToString(!goesOn) ?? '';
      // As a terminal copies it: what it wrapped by itself is one line.
      if (active.getLine(row)?.isWrapped === true) lines[lines.length - 1] += text;
      else lines.push(text);
    }
    return lines.join('\n').trimEnd();
  }

  const fits = (what: string | RegExp, now: string) => (typeof what === 'string' ? now.includes(what) : what.test(now));

  async function appears(what: string | RegExp): Promise<string> {
    const deadline = Date.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      const now = screen();
      if (fits(what, now)) return now;
      if (Date.now() > deadline) throw new Error(`Not seen: ${String(what)}. The screen is:\n${now}`);
      await Promise.race([changed.promise, new Promise((resolve) => setTimeout(resolve, 200))]);
    }
  }

  return {
    screen,
    raw: () => written,
    ended,
    press: (...sequences) => {
      for (const sequence of sequences) child.write(sequence);
    },
    shows: async (what) => void (await appears(what)),
    async sees(what) {
      const seen = await appears(what);
      const deadline = Date.now() + PIECES_MILLISECONDS;
      for (let before = -1; before !== written.length && Date.now() < deadline; await quiet()) before = written.length;
      const now = screen();
      return fits(what, now) ? now : seen;
    },
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      child.resize(newColumns, newRows);
    },
    kill: (signal) => child.kill(signal),
    cursorIsShown: () => shows && shown(),
  };
}
