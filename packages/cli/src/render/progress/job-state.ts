import type { RiffleEvent, StageName } from '@riffle/core';
import { createRemainingTime } from './remaining-time.ts';

type Progress = Extract<RiffleEvent, { type: 'progress' }>;

export interface StageState {
  readonly stage: StageName;
  readonly status: 'done' | 'under way' | 'to come';
  /** Seconds it took, all passes together, or takes so far. */
  readonly seconds: number;
  /** Rows and bytes it moved. */
  readonly rows: number;
  readonly bytes: number;
}

/** A job at one moment, as far as it told. */
export interface JobState {
  readonly stages: readonly StageState[];
  /** The last progress of the stage under way. */
  readonly progress: Progress | undefined;
  /** Seconds of the stage under way until its last progress. */
  readonly stageSeconds: number;
  readonly pass: number;
  readonly passes: number;
  readonly memoryBudget: number | undefined;
  readonly memoryBytes: number;
  readonly spilledBytes: number;
  readonly seconds: number;
  readonly secondsLeft: number | undefined;
}

export interface JobWatcher {
  onEvent(event: RiffleEvent): void;
  /** Undefined before the first stage. */
  state(): JobState | undefined;
}

const stagesOfRun: readonly StageName[] = ['survey', 'plan', 'scatter', 'gather', 'publish'];

/** Follows a job by its events. @param now milliseconds that only go forward */
export function createJobWatcher(now: () => number): JobWatcher {
  const startedAt = now();
  const remaining = createRemainingTime();
  const done = new Map<StageName, { seconds: number; rows: number; bytes: number }>();
  let order: readonly StageName[] = [];
  let stage: StageName | undefined;
  let stageStart = startedAt;
  let progress: Progress | undefined;
  let progressAt = startedAt;
  let memoryBudget: number | undefined;
  let pass = 0;
  let passes = 1;
  const secondsSince = (start: number) => (now() - start) / 1000;

  function finish(name: StageName, seconds: number): void {
    const before = done.get(name);
    const moved = progress?.stage === name ? progress : undefined;
    // Gather counts on from pass to pass, scatter begins anew.
    done.set(name, {
      seconds: (before?.seconds ?? 0) + seconds,
      rows: moved?.rows ?? before?.rows ?? 0,
      bytes: moved?.bytes ?? before?.bytes ?? 0,
    });
    if (stage === name) stage = undefined;
  }

  return {
    onEvent(event) {
      remaining.onEvent(event, now() / 1000);
      switch (event.type) {
        case 'configured':
          memoryBudget = event.memory;
          return;
        case 'planned':
          passes = event.plan.memory.passes;
          memoryBudget = event.plan.memory.budget;
          return;
        case 'replanning':
          for (const name of ['scatter', 'gather'] as const) done.delete(name);
          pass = 0;
          return;
        case 'stage-started':
          if (order.length === 0) order = event.stage === 'survey' ? stagesOfRun : [event.stage];
          ({ stage } = event);
          if (stage === 'scatter') pass++;
          stageStart = now();
          progress = undefined;
          return;
        case 'stage-finished':
          finish(event.stage, event.seconds);
          return;
        case 'progress':
          progress = event;
          progressAt = now();
          return;
        default:
      }
    },
    state() {
      if (order.length === 0) return undefined;
      const stages = order.map((name): StageState => {
        const before = done.get(name) ?? { seconds: 0, rows: 0, bytes: 0 };
        if (name !== stage) return { stage: name, status: done.has(name) ? 'done' : 'to come', ...before };
        return { ...before, stage: name, status: 'under way', seconds: before.seconds + secondsSince(stageStart) };
      });
      return {
        stages,
        progress: progress?.stage === stage ? progress : undefined,
        stageSeconds: (progressAt - stageStart) / 1000,
        pass,
        passes,
        memoryBudget,
        memoryBytes: progress?.memoryBytes ?? 0,
        spilledBytes: progress?.spilledBytes ?? 0,
        seconds: secondsSince(startedAt),
        secondsLeft: remaining.secondsLeft(now() / 1000),
      };
    },
  };
}
