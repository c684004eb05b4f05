import type { JobCosts, Recipe, StrategyCost, TimeEstimate } from '@riffle/core';

/** What of a job decides how long it takes, beside what its work costs. */
export interface TimeFacts {
  /** Of all input files. */
  readonly inputBytes: number;
  /** Of all output files, estimated. */
  readonly outputBytes: number;
  readonly verify: Recipe['verify'];
  /** Memory that is left to the operating system for keeping files. */
  readonly cacheBytes: number;
  readonly costs: JobCosts;
}

/** A way to do the job, not yet with a time. */
export type Way = Omit<StrategyCost, 'seconds'>;

/** Start of the workers, footers, samples, publishing. */
const startSeconds = 0.6;
/** Each pass waits twice, at the ends of scatter and gather, for the last of the workers. */
const passSeconds = 0.15;
/** Linux makes writers wait for the disk once this part of the memory holds what is not written yet (`vm.dirty_ratio`). */
const unwrittenShare = 0.2;
/** How far off an estimate may be, either way: other work is done beside the job, and a disk is not always as fast. */
const unknown = { least: 0.6, most: 2 } as const;

/** Bytes that a disk has to move while the job waits: the output, which is synced, and what the operating system cannot keep. */
function diskBytes({ inputBytes, outputBytes, cacheBytes }: TimeFacts, { passes, spillBytes }: Way): number {
  const spilled = 2 * Math.max(0, spillBytes - unwrittenShare * cacheBytes);
  const readAgain = inputBytes > cacheBytes ? (passes - 1) * inputBytes : 0;
  return outputBytes + spilled + readAgain;
}

/** Seconds of one core. Every pass decodes all rows and asks where each goes; all else is done once. */
function workSeconds({ costs: { seconds }, verify }: TimeFacts, { passes, spillBytes }: Way): number {
  return (
    passes * (seconds.decode + seconds.permute) +
    seconds.fingerprint +
    seconds.deal +
    seconds.place +
    seconds.encode +
    (verify === 'full' ? seconds.check + seconds.fingerprint : 0) +
    (spillBytes > 0 ? seconds.spill : 0)
  );
}

/**
 * Seconds that a job takes one way. Workers compute, then wait for the disk, which serves one of them at a time: no job is faster than its disk
 * alone, nor than its workers would be if none ever waited for another (the asymptotic bounds of a closed network: Denning and Buzen, "The
 * Operational Analysis of Queueing Network Models", 1978, section 5).
 */
export function estimateSeconds(facts: TimeFacts, way: Way): number {
  const disk = diskBytes(facts, way) / facts.costs.diskSpeed;
  const work = workSeconds(facts, way);
  return startSeconds + way.passes * passSeconds + Math.max(disk, (work + disk) / way.workers);
}

/** The same as a range. At worst no file of the input is in the operating system's memory at first, and nothing overlaps. */
export function estimateTime(facts: TimeFacts, way: Way): TimeEstimate {
  const likely = estimateSeconds(facts, way);
  const waiting = (diskBytes(facts, way) + facts.inputBytes) / facts.costs.diskSpeed;
  return { least: unknown.least * likely, likely, most: unknown.most * (likely + waiting) };
}
