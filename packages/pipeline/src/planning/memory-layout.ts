import type { MemoryPlan, Strategy } from '@riffle/core';
import { divideShare, segmentOverhead, smallestShare, workerBytes, type WorkerFacts } from './worker-shares.ts';

/** What the planner knows about a job when it divides the memory. */
export interface MemoryFacts extends WorkerFacts {
  /** Bytes. */
  readonly budget: number;
  /** At most this many. */
  readonly workers: number;
  /** Arrow data of the whole job in bytes, estimated. */
  readonly decodedBytes: number;
}

/** A budget divided for one strategy and a number of workers. */
export type MemoryLayout = Omit<MemoryPlan, 'reason' | 'options'>;

/** A bucket of this size is ordered within the processor's cache; a smaller one gains nothing more. */
const cachedBucket = 8 * 2 ** 20;
/** The part of a block that belongs to one bucket should not be smaller than this, or reading it back becomes seeking. */
const smallestRange = { memory: 16 * 2 ** 10, spill: 512 * 2 ** 10, passes: 16 * 2 ** 10 } as const;

/** What passes hold is an estimate from samples; this part of the room for it is used. */
const passesShare = 0.85;
/** Passes hold at least this part of a worker's memory, or there would be no end of them. */
const leastHeld = 1 / 8;

/** Divides a budget in every way that it allows. */
export interface MemoryDivider {
  /** What all rows take where they wait. */
  readonly whole: number;
  /** The least that one worker can do with. */
  readonly share: number;
  /** The least budget for a strategy and so many workers. */
  minimumOf(strategy: Strategy, workers: number): number;
  /** The most workers that a strategy leaves room for; 0 if none. */
  workersOf(strategy: Strategy): number;
  /** @param workers from 1 to what `workersOf` gives */
  layOut(strategy: Strategy, workers: number): MemoryLayout;
}

export function createMemoryDivider(facts: MemoryFacts): MemoryDivider {
  const { budget, decodedBytes } = facts;
  const minimum = smallestShare(facts);
  const whole = Math.ceil(decodedBytes * segmentOverhead);
  const heldAtLeast: Record<Strategy, number> = { memory: whole, spill: 0, passes: Math.ceil(leastHeld * minimum) };

  /** How much of the budget is for data that stays in memory, and in how many passes all of it was there. */
  function roomOf(strategy: Strategy, workers: number): { readonly held: number; readonly passes: number } {
    if (strategy !== 'passes') return { held: heldAtLeast[strategy], passes: 1 };
    const room = Math.max(heldAtLeast.passes, passesShare * (budget - workers * minimum));
    const passes = Math.max(1, Math.ceil(whole / room));
    // What the passes do not need of the room for data, the workers can use.
    return { held: Math.min(room, Math.ceil(whole / passes / passesShare)), passes };
  }

  return {
    whole,
    share: minimum,
    minimumOf: (strategy, workers) => heldAtLeast[strategy] + workers * minimum,
    workersOf: (strategy) =>
      Math.max(0, Math.min(facts.workers, Math.floor((budget - heldAtLeast[strategy]) / minimum))),
    layOut(strategy, workers) {
      const { held, passes } = roomOf(strategy, workers);
      const share = Math.max(minimum, Math.floor((budget - held) / workers));
      const shares = divideShare(facts, share, strategy === 'spill')!;
      const blockBytes = strategy === 'spill' ? shares.flushBytes : shares.readBatchBytes;
      const mostBuckets = Math.max(1, Math.floor(blockBytes / smallestRange[strategy]));
      const bucketBytes = Math.min(shares.bucketBytes, Math.max(cachedBucket, Math.ceil(decodedBytes / mostBuckets)));
      const perWorker = workerBytes(facts, { ...shares, bucketBytes });
      return {
        budget,
        workers,
        minimum,
        strategy,
        bucketBytes,
        readBatchBytes: shares.readBatchBytes,
        flushBytes: shares.flushBytes,
        passes,
        estimatedPeakBytes: Math.min(budget, Math.round(Math.min(whole, held) + workers * perWorker)),
        estimatedSpillBytes: strategy === 'spill' ? whole : 0,
      };
    },
  };
}
