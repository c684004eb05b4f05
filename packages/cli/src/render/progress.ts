import { formatByteSize, type RiffleEvent, type StageName, count, duration } from '@riffle/core';
import { createRemainingTime } from './progress/remaining-time.ts';
import { roughDuration } from './wording.ts';

type Progress = Extract<RiffleEvent, { type: 'progress' }>;

/** Words the progress of a job in single lines, for logs. */
export interface ProgressMeter {
  onEvent(event: RiffleEvent): void;
  /** The last progress: share, rows, speed, when the job will be done, memory, spill. */
  text(): string;
  /** What a finished stage did, or undefined if it moved no rows. */
  finished(stage: StageName, seconds: number): string | undefined;
}

/** @param now milliseconds that only go forward */
export function createProgressMeter(now: () => number): ProgressMeter {
  const remaining = createRemainingTime();
  let startedAt = now();
  let last: Progress | undefined;
  return {
    onEvent(event) {
      remaining.onEvent(event, now() / 1000);
      if (event.type === 'stage-started') {
        startedAt = now();
        last = undefined;
      }
      if (event.type === 'progress') last = event;
    },
    text() {
      if (last === undefined) return '';
      const { stage, rows, ofRows, bytes, memoryBytes, spilledBytes } = last;
      const seconds = (now() - startedAt) / 1000;
      const share = ofRows === 0 ? 0 : Math.min(1, rows / ofRows);
      const secondsLeft = remaining.secondsLeft(now() / 1000);
      const left = secondsLeft === undefined ? '' : `, about ${roughDuration(secondsLeft)} left`;
      const memory = memoryBytes > 0 ? `, ${formatByteSize(memoryBytes)} of memory` : '';
      const spill = spilledBytes > 0 ? `, ${formatByteSize(spilledBytes)} spilled` : '';
      return `${stage} ${Math.floor(share * 100)}%: ${count(rows)} of ${count(ofRows)} rows${speed(rows, bytes, seconds)}${memory}${spill}${left}`;
    },
    finished(stage, seconds) {
      if (last === undefined || last.stage !== stage) return undefined;
      return `${stage}: ${count(last.rows)} rows, ${formatByteSize(last.bytes)} in ${duration(seconds)}${speed(last.rows, last.bytes, seconds)}`;
    },
  };
}

function speed(rows: number, bytes: number, seconds: number): string {
  if (seconds < 0.1) return '';
  return `, ${count(rows / seconds)} rows/s, ${formatByteSize(Math.round(bytes / seconds))}/s`;
}
