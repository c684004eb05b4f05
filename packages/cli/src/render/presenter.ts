import type { RiffleEvent } from '@riffle/core';
import type { Output } from '../host.ts';
import type { Colours } from './colours.ts';
import { createLineWriter } from './line-writer.ts';
import { createProgressMeter } from './progress.ts';
import { createLiveView } from './progress/live-view.ts';

/** Where lines go, and how progress is shown beside them. */
export interface Presenter {
  /** Shows the progress of an event; its lines come by {@link line}. */
  onEvent(event: RiffleEvent): void;
  line(text: string): void;
  /** The job is over. */
  end(failed: boolean): void;
}

/** On a terminal: one live view that is redrawn in place, lines above it. */
export function createLivePresenter(output: Output, now: () => number, colours: Colours): Presenter {
  return createLiveView(output, now, colours);
}

/** Elsewhere: lines only; `progress` says whether a line of progress comes now and then. */
export function createPlainPresenter(output: Output, now: () => number, progress: boolean): Presenter {
  const writer = createLineWriter(output, now);
  const meter = createProgressMeter(now);
  return {
    line: writer.line,
    end: () => undefined,
    onEvent(event) {
      meter.onEvent(event);
      if (!progress) return;
      if (event.type === 'progress') writer.progress(meter.text);
      if (event.type !== 'stage-finished') return;
      const text = meter.finished(event.stage, event.seconds);
      if (text !== undefined) writer.line(text);
    },
  };
}
