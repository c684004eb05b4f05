import { createLogUpdate } from 'log-update';
import type { Output } from '../../host.ts';
import { widthOf } from '../fit.ts';

/** Lines at the bottom of a terminal that are redrawn in place, while others scroll by above them. */
export interface LiveScreen {
  /** Text that stays, above what is redrawn. */
  print(text: string): void;
  /** Replaces what is redrawn. No line may be wider than the terminal. */
  draw(lines: readonly string[]): void;
  /** Takes what is redrawn away. */
  clear(): void;
}

/** Columns of a terminal that does not tell. */
const UNKNOWN_COLUMNS = 80;

/**
 * A live screen on a terminal. log-update replaces what it drew, as long as the terminal keeps its width: a narrower one breaks lines that stand
 * there already, so those are counted anew here before they are taken away.
 */
export function createLiveScreen(output: Output): LiveScreen {
  const columns = () => output.columns ?? UNKNOWN_COLUMNS;
  const stream = {
    write: (text: string) => {
      output.write(text);
      return true;
    },
    get columns() {
      return columns();
    },
    get rows() {
      return output.rows;
    },
    isTTY: false,
  };
  // It reads nothing else of a stream; the cursor stays visible, so that nothing has to be put back if the process is killed.
  const redraw = createLogUpdate(stream as unknown as NodeJS.WriteStream, { showCursor: true });
  let drawn: readonly string[] = [];
  let drawnColumns = columns();

  function clear(): void {
    if (drawn.length === 0) return;
    if (columns() < drawnColumns) {
      const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns())), 0);
      output.write(`${'\u001b[1A\u001b[2K'.repeat(rows)}\r`);
      redraw.done();
    } else redraw.clear();
    drawn = [];
  }

  return {
    clear,
    print(text) {
      const again = drawn;
      clear();
      output.write(`${text}\n`);
      if (again.length > 0) this.draw(again);
    },
    draw(lines) {
      // log-update 7.2 leaves the last line standing where there are fewer lines than before.
      if (columns() < drawnColumns || lines.length !== drawn.length) clear();
      redraw(lines.join('\n'));
      drawn = lines;
      drawnColumns = columns();
    },
  };
}
