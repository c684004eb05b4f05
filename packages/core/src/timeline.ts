import type { StageName } from './events.ts';

/** One stage, or one pass of it, from its start to its end. */
export interface TimelineStage {
  readonly stage: StageName;
  /** Seconds since the job started. */
  readonly from: number;
  readonly to: number;
  /** Rows and bytes at its end, as its progress counts them; 0 for stages that move none. */
  readonly rows: number;
  readonly bytes: number;
}

/** One look at the job while it ran. */
export interface TimelineSample {
  /** Seconds since the job started. */
  readonly seconds: number;
  readonly stage: StageName;
  /** Done so far in this stage. */
  readonly rows: number;
  readonly bytes: number;
  /** Bytes of data held in all threads, as `--memory` counts them. */
  readonly memoryBytes: number;
  /** Bytes of rows waiting in spill files. */
  readonly spilledBytes: number;
  /** Bytes of memory of the whole process. */
  readonly residentBytes: number;
}

/** What a job did when, in a bounded number of samples, however long it took. */
export interface Timeline {
  readonly stages: readonly TimelineStage[];
  /** In the order of time, evenly thinned out in long jobs. */
  readonly samples: readonly TimelineSample[];
}
