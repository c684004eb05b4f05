import { formatByteSize, RiffleError, type MemoryPlan, type Recipe, type Strategy } from '@riffle/core';

/** What the planner knows about a job when it divides the memory. All in bytes unless said otherwise. */
export interface MemoryFacts {
  readonly budget: number;
  readonly workers: number;
  readonly strategy: Recipe['strategy'];
  /** Arrow data of the whole job, estimated. */
  readonly decodedBytes: number;
  /** The largest fragment as it stands in its file. */
  readonly largestFragment: number;
  /** Where the largest fragment is, for the message. */
  readonly largestFragmentPlace: string;
  /** The largest row of the samples. */
  readonly rowBytes: number;
  /** What one open shard writer may hold. */
  readonly writerBytes: number;
  /** Arrow data in one batch fed to the writer. */
  readonly feedBytes: number;
}

const mebibyte = 2 ** 20;

/** A decoding needs the fragment's bytes once and the batch about this many times (decoded, its pages, and slack). */
const decodedCopies = 2.5;
/** A segment in memory is this much larger than its Arrow data: positions and padding. */
const segmentOverhead = 1.1;
/** Smallest and largest useful sizes. */
const batchRange = [4 * mebibyte, 48 * mebibyte] as const;
const smallestBucket = 4 * mebibyte;
const largestBucket = 256 * mebibyte;
/** A bucket of this size is ordered within the processor's cache; a smaller one gains nothing more. */
const cachedBucket = 8 * mebibyte;
/** The part of a flush that belongs to one bucket should not be smaller than this, or reading it back becomes seeking. */
const smallestRange = { memory: 64 * 2 ** 10, spill: 512 * 2 ** 10 } as const;

interface Shares {
  readonly readBatchBytes: number;
  readonly bucketBytes: number;
  readonly flushBytes: number;
  /** What one worker holds at the most. */
  readonly workerBytes: number;
}

/** Memory of a worker while it reads, with batches of `batch` bytes. */
function readingBytes(facts: MemoryFacts, batch: number): number {
  return facts.largestFragment + decodedCopies * Math.max(batch, facts.rowBytes);
}

/** Memory of a worker while it writes, without its bucket: the writer, one batch taken, the batch on its way. */
function writingBytes(facts: MemoryFacts): number {
  return facts.writerBytes + 2 * Math.max(facts.feedBytes, facts.rowBytes);
}

/** What one worker can do with `share` bytes, or undefined if that is too little. */
function divide(facts: MemoryFacts, share: number): Shares | undefined {
  const [smallestBatch, largestBatch] = batchRange;
  const forScatter = share - facts.largestFragment;
  const readBatchBytes = Math.min(largestBatch, Math.max(smallestBatch, Math.floor(forScatter / (2 * decodedCopies))));
  const flushBytes = Math.floor((share - readingBytes(facts, readBatchBytes)) / 2.2);
  const bucketBytes = Math.min(largestBucket, Math.floor((share - writingBytes(facts)) / segmentOverhead));
  if (flushBytes < readBatchBytes / 2 || bucketBytes < Math.max(smallestBucket, facts.rowBytes)) return undefined;
  return { readBatchBytes, bucketBytes, flushBytes: Math.min(flushBytes, 4 * largestBatch), workerBytes: share };
}

/** The least share with which one worker can do anything, by bisection over {@link divide}. */
function smallestShare(facts: MemoryFacts): number {
  let low = 0;
  let high = 2 * mebibyte;
  while (divide(facts, high) === undefined) high *= 2;
  while (high - low > mebibyte) {
    const middle = Math.floor((low + high) / 2);
    if (divide(facts, middle) === undefined) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Divides the budget. Lowers parallelism before anything else, never the row groups' bytes.
 * @throws `MEMORY_TOO_SMALL` naming the least that would do.
 */
export function planMemory(facts: MemoryFacts): MemoryPlan {
  const { budget, decodedBytes } = facts;
  const minimum = smallestShare(facts);
  if (budget < minimum) {
    throw new RiffleError(
      'MEMORY_TOO_SMALL',
      `A budget of ${formatByteSize(budget)} cannot hold one row group of ${facts.largestFragmentPlace} (${formatByteSize(facts.largestFragment)} in its file) and one being written: at least ${formatByteSize(minimum)} is needed. Give --memory ${Math.ceil(minimum / 1e6)}MB or more, or a smaller --row-group-bytes.`,
      { minimum, memory: budget },
    );
  }
  const whole = decodedBytes * segmentOverhead;
  let workers = Math.max(1, Math.min(facts.workers, Math.floor(budget / minimum)));
  const restAfter = (count: number) => budget - whole - count * minimum;
  const fits = restAfter(workers) >= 0;
  const strategy: Strategy = facts.strategy === 'auto' ? (fits ? 'memory' : 'spill') : facts.strategy;
  // In memory and in passes, workers give way to data: what they leave is what can be held.
  const heldBudget = (count: number) => budget - count * minimum;
  while (strategy !== 'spill' && workers > 1 && heldBudget(workers) < budget / 3) workers--;
  const share = strategy === 'spill' ? budget / workers : Math.max(minimum, (budget - Math.min(whole, heldBudget(workers))) / workers);
  const shares = divide(facts, share)!;
  const held = Math.max(mebibyte, budget - workers * shares.workerBytes);
  if (strategy === 'memory' && !fits && restAfter(1) < 0) {
    throw new RiffleError(
      'MEMORY_TOO_SMALL',
      `--strategy memory needs about ${formatByteSize(whole + minimum)} for ${formatByteSize(decodedBytes)} of data; the budget is ${formatByteSize(budget)}. Raise --memory, or let --strategy auto choose.`,
      { minimum: Math.ceil(whole + minimum), memory: budget },
    );
  }
  const mostBuckets = Math.max(1, Math.floor(shares.flushBytes / smallestRange[strategy === 'spill' ? 'spill' : 'memory']));
  const bucketBytes = Math.min(shares.bucketBytes, Math.max(cachedBucket, Math.ceil(decodedBytes / mostBuckets)));
  const passes = strategy === 'passes' ? Math.max(1, Math.ceil(whole / held)) : 1;
  const reasons: Record<Strategy, string> = {
    memory: `the data (about ${formatByteSize(whole)}) and ${workers} workers (${formatByteSize(minimum)} each) fit the budget of ${formatByteSize(budget)}`,
    spill: `the data (about ${formatByteSize(whole)}) and ${workers} workers (${formatByteSize(minimum)} each at least) pass the budget of ${formatByteSize(budget)}`,
    passes: `${passes} passes hold about ${formatByteSize(held)} of the data's ${formatByteSize(whole)} at a time`,
  };
  return {
    budget,
    workers,
    minimum,
    strategy,
    reason: facts.strategy === 'auto' ? reasons[strategy] : `asked for; ${reasons[strategy]}`,
    bucketBytes,
    readBatchBytes: shares.readBatchBytes,
    flushBytes: shares.flushBytes,
    passes,
    estimatedPeakBytes: Math.min(budget, Math.round((strategy === 'spill' ? 0 : Math.min(whole, held)) + workers * shares.workerBytes)),
    estimatedSpillBytes: strategy === 'spill' ? Math.round(whole) : 0,
  };
}
