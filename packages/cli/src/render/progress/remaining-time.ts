import type { Plan, RiffleEvent, StageName } from '@riffle/core';

type PlanFacts = Pick<Plan, 'inputBytes' | 'estimatedDecodedBytes' | 'estimatedOutputBytes'> & {
  readonly memory: Pick<Plan['memory'], 'passes' | 'workers'>;
};

/** Of a stage, this share and as many units must be done before anything is said. */
const LEAST_SHARE = 0.05;
const LEAST_EVENTS = 3;
const LEAST_SECONDS = 1;
/** A later pass reads what the first did, and deals and hashes less of it. */
const LATER_PASS = 0.6;

/** What a stage that is not known yet is taken to cost beside the other: bytes read, decoded and written, weighed as measured on speech, tokens and narrow rows. */
function gatherPerScatter({ inputBytes, estimatedDecodedBytes, estimatedOutputBytes }: PlanFacts): number {
  const scatter = inputBytes + 1.3 * estimatedDecodedBytes;
  const gather = 0.5 * estimatedDecodedBytes + 1.8 * estimatedOutputBytes;
  return scatter === 0 ? 1 : Math.min(4, Math.max(0.25, gather / scatter));
}

/** How far one stage is, and how long it took to get there. */
interface Course {
  share: number;
  /** Share at which the clock of this course started: what an interrupted run had done already costs nothing. */
  base: number;
  seconds: number;
  events: number;
}

const fresh = (base = 0): Course => ({ share: base, base, seconds: 0, events: 0 });

export interface RemainingTime {
  /** @param at seconds that only go forward */
  onEvent(event: RiffleEvent, at: number): void;
  /** Seconds until the whole job is done, over all stages to come; undefined until that can be said. */
  secondsLeft(at: number): number | undefined;
}

/**
 * Estimates when a job ends. A stage under way goes on as fast as it did so far; one to come costs what the plan's bytes say beside the one under
 * way, until it is under way itself. In jobs of several passes every later pass costs what the first did. The end moves smoothly, so that
 * a unit that took long does not make the figure jump.
 */
export function createRemainingTime(): RemainingTime {
  let plan: PlanFacts | undefined;
  let stage: StageName | undefined;
  let stageStart = 0;
  let pass = 0;
  let resumed = false;
  let scatter = fresh();
  /** Seconds of the last scatter that could be told. */
  let lastScatter: number | undefined;
  let gather = fresh();
  /** Seconds that gather took in passes before this one. */
  let gatheredBefore = 0;
  /** When the job will have ended, as told. */
  let end: number | undefined;
  let toldAt = 0;

  /** Seconds that a stage takes as a whole. Work that other workers have half done is not in the share yet. */
  function whole({ share, base, seconds, events }: Course, workers: number): number {
    const done = share - base;
    const underWay = ((workers - 1) / 2) * (done / events);
    return seconds / Math.min(1 - base, done + underWay);
  }

  function isKnown({ share, base, seconds, events }: Course): boolean {
    if (share >= 1) return events > 0;
    return events >= LEAST_EVENTS && share - base >= LEAST_SHARE && seconds >= LEAST_SECONDS;
  }

  function estimate(at: number): number | undefined {
    if (plan === undefined || stage === undefined || stage === 'survey' || stage === 'plan') return undefined;
    if (stage === 'publish') return 0;
    const { passes, workers } = plan.memory;
    const inStage = at - stageStart;
    const perScatter = gatherPerScatter(plan);
    const known = isKnown(scatter);
    if (known) lastScatter = whole(scatter, workers);
    const laterPasses = Math.max(0, passes - pass) * LATER_PASS * (lastScatter ?? 0);
    if (stage === 'scatter') {
      if (lastScatter === undefined) return undefined;
      const here = left(lastScatter * (known ? 1 - scatter.base : LATER_PASS), inStage, scatter.share);
      return here + gatherLeft(lastScatter * perScatter, workers, 0) + laterPasses;
    }
    if (lastScatter === undefined && !isKnown(gather)) return undefined;
    const sinceEvent = Math.max(0, gatheredBefore + inStage - gather.seconds);
    return gatherLeft((lastScatter ?? 0) * perScatter, workers, sinceEvent) + laterPasses;
  }

  /** Seconds of gather to come, in all passes: what the plan says at first, then more and more what was seen. */
  function gatherLeft(expected: number, workers: number, sinceEvent: number): number {
    const open = 1 - gather.share;
    if (gather.events === 0) return Math.max(expected - sinceEvent, 0.1 * expected);
    const seen = whole(gather, workers);
    const trust = expected === 0 ? 1 : Math.min(1, (gather.share - gather.base) / 0.3);
    const total = trust * seen + (1 - trust) * expected;
    return Math.max(open * total - sinceEvent, 0.1 * open * total);
  }

  return {
    onEvent(event, at) {
      if (event.type === 'planned') ({ plan } = event);
      if (event.type === 'resumed') {
        resumed = true;
        gather = fresh(event.ofShards === 0 ? 0 : event.shards / event.ofShards);
      }
      if (event.type === 'replanning') {
        pass = 0;
        [gather, end, gatheredBefore, lastScatter] = [fresh(), undefined, 0, undefined];
      }
      if (event.type === 'stage-started') {
        ({ stage } = event);
        stageStart = at;
        if (stage === 'scatter') {
          pass++;
          scatter = fresh();
        }
      }
      if (event.type === 'stage-finished' && event.stage === 'gather') gatheredBefore += at - stageStart;
      if (event.type !== 'progress' || event.ofRows === 0) return;
      const share = Math.min(1, event.rows / event.ofRows);
      if (event.stage === 'scatter') {
        // The first units may be those of an interrupted run, which come all at once.
        if (resumed && at - stageStart < 0.2 && share < 1) scatter = fresh(share);
        else scatter = { ...scatter, share, seconds: at - stageStart, events: scatter.events + 1 };
      }
      if (event.stage === 'gather')
        gather = { ...gather, share, seconds: gatheredBefore + at - stageStart, events: gather.events + 1 };
    },
    secondsLeft(at) {
      const seconds = estimate(at);
      if (seconds === undefined) {
        end = undefined;
        return undefined;
      }
      const wanted = at + seconds;
      if (end === undefined) end = wanted;
      else {
        const patience = Math.max(1, 0.15 * seconds);
        end += (wanted - end) * (1 - Math.exp(-(at - toldAt) / patience));
      }
      toldAt = at;
      return Math.max(0, end - at);
    },
  };
}

/** Of `whole` seconds, what is left after `gone`; what is overdue is never told as done. */
function left(whole: number, gone: number, share: number): number {
  return Math.max(whole - gone, 0.1 * (1 - share) * whole);
}
