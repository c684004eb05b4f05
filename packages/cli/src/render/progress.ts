import { formatByteSize, type RiffleEvent, type StageName } from '@riffle/core';
import { count, duration } from './wording.ts';

type Progress = Extract<RiffleEvent, { type: 'progress' }>;

/** Keeps the clock of each stage, and words its progress. */
export interface ProgressMeter {
  start(stage: StageName): void;
  update(event: Progress): void;
  /** Half a line about the last update: share, rows, speed, what is left. */
  text(): string;
  /** What a finished stage did, or undefined if it moved no rows. */
  finished(stage: StageName, seconds: number): string | undefined;
}

/** @param now milliseconds that only go forward */
export function createProgressMeter(now: () => number): ProgressMeter {
  let startedAt = now();
  let last: Progress | undefined;
  return {
    start: () => {
      startedAt = now();
      last = undefined;
    },
    update: (event) => {
      last = event;
    },
    text: () => {
      if (last === undefined) return '';
      const { stage, rows, ofRows, bytes, memoryBytes } = last;
      const seconds = (now() - startedAt) / 1000;
      const share = ofRows === 0 ? 0 : Math.min(1, rows / ofRows);
      const secondsLeft = (seconds * (1 - share)) / share;
      const left = share > 0 && share < 1 && seconds > 0.5 ? `, ${duration(Math.ceil(secondsLeft))} left` : '';
      const memory = memoryBytes > 0 ? `, ${formatByteSize(memoryBytes)} of memory` : '';
      return `${stage} ${Math.floor(share * 100)}%: ${count(rows)} of ${count(ofRows)} rows${speed(rows, bytes, seconds)}${left}${memory}`;
    },
    finished: (stage, seconds) => {
      if (last === undefined || last.stage !== stage) return undefined;
      return `${stage}: ${count(last.rows)} rows, ${formatByteSize(last.bytes)} in ${duration(seconds)}${speed(last.rows, last.bytes, seconds)}`;
    },
  };
}

function speed(rows: number, bytes: number, seconds: number): string {
  if (seconds < 0.1) return '';
  return `, ${count(rows / seconds)} rows/s, ${formatByteSize(Math.round(bytes / seconds))}/s`;
}
