import { formatByteSize, RiffleError, type MemoryPlan, type Recipe, type Strategy } from '@riffle/core';
import { divideShare, segmentOverhead, smallestShare, workerBytes, type WorkerFacts } from './worker-shares.ts';

/** What the planner knows about a job when it divides the memory. */
export interface MemoryFacts extends WorkerFacts {
  /** Bytes. */
  readonly budget: number;
  /** At most this many. */
  readonly workers: number;
  readonly strategy: Recipe['strategy'];
  /** Arrow data of the whole job in bytes, estimated. */
  readonly decodedBytes: number;
  /** Of all input files. */
  readonly inputBytes: number;
  readonly rows: number;
}

/** A bucket of this size is ordered within the processor's cache; a smaller one gains nothing more. */
const cachedBucket = 8 * 2 ** 20;
/** The part of a block that belongs to one bucket should not be smaller than this, or reading it back becomes seeking. */
const smallestRange = { memory: 16 * 2 ** 10, spill: 512 * 2 ** 10, passes: 16 * 2 ** 10 } as const;

/** What passes hold is an estimate from samples; this part of the room for it is used. */
const passesShare = 0.85;
/** Passes hold at least this part of a worker's memory, or there would be no end of them. */
const leastHeld = 1 / 8;

/** Nanoseconds of one core, measured on the benchmark's workloads: writing a byte of spill and reading it back. */
const spillCost = 2.5;
/** Reading a byte of input again, decoding it to a byte of Arrow data, and permuting a row again. */
const againCost = { inputByte: 0.4, decodedByte: 1.2, row: 150 } as const;

/** Passes read the input again and again but write nothing; spilling writes and reads all data once. Costs, not clocks: the same on every machine. */
function cheaperStrategy(facts: MemoryFacts, passes: number, whole: number): 'spill' | 'passes' {
  const again =
    againCost.inputByte * facts.inputBytes + againCost.decodedByte * facts.decodedBytes + againCost.row * facts.rows;
  return (passes - 1) * again < spillCost * whole ? 'passes' : 'spill';
}

function tooSmall(facts: MemoryFacts, minimum: number): RiffleError {
  return new RiffleError(
    'MEMORY_TOO_SMALL',
    `A budget of ${formatByteSize(facts.budget)} is too small: one worker that writes row groups needs at least ${formatByteSize(minimum)}` +
      `${facts.rowBytes > facts.feedBytes ? ` for rows as large as ${formatByteSize(facts.rowBytes)}` : ''}. Give --memory ${Math.ceil(minimum / 1e6)}MB or more, or smaller --row-group-bytes.`,
    { minimum, memory: facts.budget },
  );
}

function strategyTooLarge(facts: MemoryFacts, needed: number): RiffleError {
  return new RiffleError(
    'MEMORY_TOO_SMALL',
    `--strategy memory needs about ${formatByteSize(needed)} for ${formatByteSize(facts.decodedBytes)} of data; the budget is ${formatByteSize(facts.budget)}. Raise --memory, or let --strategy auto choose.`,
    { minimum: needed, memory: facts.budget },
  );
}

/** How many workers, and how much of the budget is for data that stays in memory. */
function divideBudget(
  facts: MemoryFacts,
  strategy: Strategy,
  minimum: number,
  whole: number,
): { readonly workers: number; readonly held: number } {
  const most = Math.max(1, Math.min(facts.workers, Math.floor(facts.budget / minimum)));
  if (strategy === 'spill') return { workers: most, held: 0 };
  if (strategy === 'memory') {
    // Data that fits beside fewer workers is better than spilling; beside more it leaves them room.
    const workers = Math.max(1, Math.min(most, Math.floor((facts.budget - whole) / minimum)));
    return { workers, held: whole };
  }
  const workers = Math.max(1, Math.min(most, Math.floor((facts.budget * 0.6) / minimum)));
  return { workers, held: Math.max(leastHeld * minimum, passesShare * (facts.budget - workers * minimum)) };
}

/**
 * Divides the budget. Lowers parallelism before anything else, never the row groups' bytes.
 * @throws `MEMORY_TOO_SMALL` naming the least that would do.
 */
export function planMemory(facts: MemoryFacts): MemoryPlan {
  const { budget, decodedBytes } = facts;
  const minimum = smallestShare(facts);
  const whole = Math.ceil(decodedBytes * segmentOverhead);
  if (facts.strategy === 'memory' && budget < whole + minimum) throw strategyTooLarge(facts, whole + minimum);
  const forPasses = Math.ceil((1 + leastHeld) * minimum);
  const least = facts.strategy === 'passes' ? forPasses : minimum;
  if (budget < least) throw tooSmall(facts, least);
  const wanted = Math.max(1, Math.min(facts.workers, Math.floor(budget / minimum)));
  const fits = whole + wanted * minimum <= budget;
  const passesNeeded = Math.ceil(whole / divideBudget(facts, 'passes', minimum, whole).held);
  const ifTooLarge = budget < forPasses ? 'spill' : cheaperStrategy(facts, passesNeeded, whole);
  const strategy: Strategy = facts.strategy === 'auto' ? (fits ? 'memory' : ifTooLarge) : facts.strategy;
  const passes = strategy === 'passes' ? Math.max(1, passesNeeded) : 1;
  const { workers, held: room } = divideBudget(facts, strategy, minimum, whole);
  // What the passes do not need of the room for data, the workers can use.
  const held = strategy === 'passes' ? Math.min(room, Math.ceil(whole / passes / passesShare)) : room;
  const share = Math.max(minimum, Math.floor((budget - held) / workers));
  const shares = divideShare(facts, share, strategy === 'spill')!;
  const blockBytes = strategy === 'spill' ? shares.flushBytes : shares.readBatchBytes;
  const mostBuckets = Math.max(1, Math.floor(blockBytes / smallestRange[strategy]));
  const bucketBytes = Math.min(shares.bucketBytes, Math.max(cachedBucket, Math.ceil(decodedBytes / mostBuckets)));
  const perWorker = workerBytes(facts, { ...shares, bucketBytes });
  const sizes = `the data (about ${formatByteSize(whole)} in memory) and ${wanted === 1 ? '1 worker' : `${wanted} workers`} (at least ${formatByteSize(minimum)}${wanted === 1 ? '' : ' each'})`;
  const reasons: Record<Strategy, string> = {
    memory: `${sizes} fit the budget of ${formatByteSize(budget)}`,
    spill: `${sizes} ${fits ? 'would fit' : 'pass'} the budget of ${formatByteSize(budget)}, and ${passesNeeded} passes over the input would cost more`,
    passes: `${sizes} pass the budget of ${formatByteSize(budget)}; ${passes === 1 ? 'one pass that holds' : `${passes} passes that hold`} ${formatByteSize(Math.min(held, whole))}${passes === 1 ? '' : ' each'} cost${passes === 1 ? 's' : ''} less than spilling`,
  };
  return {
    budget,
    workers,
    minimum,
    strategy,
    reason:
      facts.strategy === 'auto'
        ? reasons[strategy]
        : `asked for with --strategy; ${sizes}, budget ${formatByteSize(budget)}`,
    bucketBytes,
    readBatchBytes: shares.readBatchBytes,
    flushBytes: shares.flushBytes,
    passes,
    estimatedPeakBytes: Math.min(budget, Math.round(Math.min(whole, held) + workers * perWorker)),
    estimatedSpillBytes: strategy === 'spill' ? whole : 0,
  };
}
