import type { RiffleEvent, StageName, Timeline, TimelineSample, TimelineStage } from '@riffle/core';

/** A job of many passes has many stages; more of them than this say nothing more. */
const mostStages = 1000;
/** When so many samples are kept, every other one is dropped, and from then on only half as many are taken. */
const mostSamples = 400;

/** Keeps what a job did when, in bounded memory. */
export interface TimelineRecorder {
  record(event: RiffleEvent): void;
  value(): Timeline;
}

/**
 * @param now seconds since the job started
 * @param residentBytes memory of the whole process, in bytes
 */
export function recordTimeline(now: () => number, residentBytes: () => number): TimelineRecorder {
  const stages: TimelineStage[] = [];
  let samples: TimelineSample[] = [];
  /** The stage that goes on, as if it ended at its start. */
  let begun: { readonly stage: StageName; readonly from: number; to: number; rows: number; bytes: number } | undefined;
  /** One sample of so many is kept; the last of a stage always is. */
  let step = 1;
  let seen = 0;
  let skipped: TimelineSample | undefined;

  function keep(sample: TimelineSample): void {
    samples.push(sample);
    if (samples.length < mostSamples) return;
    samples = samples.filter((_, index) => index % 2 === 0);
    step *= 2;
  }

  return {
    record(event) {
      if (event.type === 'stage-started') begun = { stage: event.stage, from: now(), to: now(), rows: 0, bytes: 0 };
      if (event.type === 'progress') {
        const { stage, rows, bytes, memoryBytes, spilledBytes } = event;
        const sample = {
          seconds: now(),
          stage,
          rows,
          bytes,
          memoryBytes,
          spilledBytes,
          residentBytes: residentBytes(),
        };
        if (begun?.stage === stage) Object.assign(begun, { rows, bytes });
        skipped = seen++ % step === 0 ? undefined : sample;
        if (skipped === undefined) keep(sample);
      }
      if (event.type === 'stage-finished') {
        if (skipped !== undefined) keep(skipped);
        skipped = undefined;
        if (begun?.stage === event.stage && stages.length < mostStages) stages.push({ ...begun, to: now() });
        begun = undefined;
      }
    },
    value: () => ({ stages: begun === undefined ? stages : [...stages, { ...begun, to: now() }], samples }),
  };
}
