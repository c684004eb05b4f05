import type { RiffleEvent } from '@riffle/core';
import type { Output } from '../../host.ts';
import type { Colours } from '../colours.ts';
import { createJobWatcher } from './job-state.ts';
import { closingStageLines, liveLines } from './live-lines.ts';
import { createLiveScreen } from './live-screen.ts';

/** Between two redrawings. */
const REDRAW_MILLISECONDS = 100;
/** The clock and the estimate go on while nothing is told. */
const TICK_MILLISECONDS = 500;
const UNKNOWN_COLUMNS = 80;

/** The one live view of a job on a terminal. */
export interface LiveView {
  onEvent(event: RiffleEvent): void;
  /** A line that stays, above the view. */
  line(text: string): void;
  /** Ends the view and leaves what the stages took. */
  end(failed: boolean): void;
}

/** @param now milliseconds that only go forward */
export function createLiveView(output: Output, now: () => number, colours: Colours): LiveView {
  const screen = createLiveScreen(output);
  const watcher = createJobWatcher(now);
  let drawnAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  // The last column stays free: a full line moves the cursor on in some terminals and not in others.
  const width = () => Math.max(1, (output.columns ?? UNKNOWN_COLUMNS) - 1);

  function draw(): void {
    const state = watcher.state();
    if (state === undefined) return;
    drawnAt = now();
    screen.draw(liveLines(state, width(), colours));
  }

  return {
    onEvent(event) {
      watcher.onEvent(event);
      if (event.type === 'stage-started' && timer === undefined) {
        timer = setInterval(draw, TICK_MILLISECONDS);
        timer.unref();
      }
      const due = event.type === 'stage-started' || event.type === 'stage-finished' || event.type === 'progress';
      if (due && (event.type !== 'progress' || now() - drawnAt >= REDRAW_MILLISECONDS)) draw();
    },
    line: (text) => screen.print(text),
    end(failed) {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      screen.clear();
      const stages = watcher.state()?.stages ?? [];
      for (const line of closingStageLines(stages, width(), colours, failed)) screen.print(line);
    },
  };
}
