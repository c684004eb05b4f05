/** What the planner knows about one worker's work. All in bytes of Arrow data unless said otherwise. */
export interface WorkerFacts {
  /** The largest row of the samples. */
  readonly rowBytes: number;
  /** Bytes of a converted batch over those of the batch it is made from; 0 if nothing is converted, so that there is no second batch. */
  readonly growth: number;
  /** Memory that one open shard writer may hold. */
  readonly writerBytes: number;
  /** One batch fed to the writer. */
  readonly feedBytes: number;
}

/** What one worker does with its share of the budget. */
export interface WorkerShares {
  /** A batch read at once. */
  readonly readBatchBytes: number;
  /** What a bucket may hold. */
  readonly bucketBytes: number;
  /** What is dealt before it is spilled; 0 where nothing is. */
  readonly flushBytes: number;
}

const mebibyte = 2 ** 20;

/** Segments are this much larger than their Arrow data: positions, padding, the order of their rows. */
export const segmentOverhead = 1.1;
/** A bucket is held as it was stored and in order, the one before it in order. */
const bucketCopies = 2 + segmentOverhead;
/** Buffers that are no longer used and not yet collected. */
const garbage = 0.85;
/**
 * A codec needs its own memory, and this many times a batch: its pages, what they decode to, buffers that doubled while they
 * grew. Measured on 100 kB values, the worst case: 99 MB of wasm heap for batches of 16 MB, 150 MB for 27 MB.
 */
const codecBytes = 8 * mebibyte;
const decodedCopies = 5.5;
/** Bytes gathered before a write to a spill file. */
const stagingBytes = 4 * mebibyte;
const batchRange = [4 * mebibyte, 48 * mebibyte] as const;
const largestFlush = 192 * mebibyte;
const bucketRange = [4 * mebibyte, 256 * mebibyte] as const;

/** Memory while reading: the codec; the converted batch; where dealt rows wait for the spill, these, one more batch of them, room that does not fit, the staging. */
function scatterBytes(facts: WorkerFacts, batch: number, flush: number): number {
  const largest = Math.max(batch, facts.rowBytes);
  const dealt = Math.max(1, facts.growth) * largest;
  return codecBytes + (decodedCopies + facts.growth) * largest + (flush === 0 ? 0 : 1.5 * dealt + flush + stagingBytes);
}

/** Memory while writing: the bucket as it was stored, in order, and the one before it, whose rows may be carried over; the writer; a batch on its way. */
function gatherBytes(facts: WorkerFacts, bucket: number): number {
  return (
    bucketCopies * Math.max(bucket, facts.rowBytes) + facts.writerBytes + Math.max(facts.feedBytes, facts.rowBytes)
  );
}

/** Memory of one worker at its peak. */
export function workerBytes(facts: WorkerFacts, { readBatchBytes, bucketBytes, flushBytes }: WorkerShares): number {
  return Math.ceil(
    Math.max(scatterBytes(facts, readBatchBytes, flushBytes), gatherBytes(facts, bucketBytes)) / garbage,
  );
}

const clamp = (value: number, [least, most]: readonly [number, number]) =>
  Math.min(most, Math.max(least, Math.floor(value)));

/** The largest batch that can be read while nothing waits: dealt rows are counted as data from the start. */
function largestBatch(facts: WorkerFacts, usable: number): number {
  return Math.max(
    0,
    Math.min((usable - codecBytes) / (decodedCopies + facts.growth), usable - scatterBytes(facts, 0, 0)),
  );
}

/**
 * The best use of `share` bytes, or undefined if that is too little for anything.
 * @param spills Whether dealt rows wait in the share until they are written, rather than being counted as data.
 */
export function divideShare(facts: WorkerFacts, share: number, spills: boolean): WorkerShares | undefined {
  const usable = share * garbage;
  const readBatchBytes = clamp(spills ? usable / (12 + 3 * facts.growth) : largestBatch(facts, usable), batchRange);
  const flushBytes = spills ? Math.min(largestFlush, Math.floor(usable - scatterBytes(facts, readBatchBytes, 1))) : 0;
  const bucketBytes = Math.min(
    bucketRange[1],
    Math.floor((usable - facts.writerBytes - Math.max(facts.feedBytes, facts.rowBytes)) / bucketCopies),
  );
  const scatters = spills ? flushBytes >= readBatchBytes : scatterBytes(facts, readBatchBytes, 0) <= usable;
  if (!scatters || bucketBytes < Math.max(bucketRange[0], facts.rowBytes)) return undefined;
  return { readBatchBytes, bucketBytes, flushBytes };
}

/** The least share with which a worker can do anything, to the mebibyte. */
export function smallestShare(facts: WorkerFacts): number {
  let share = mebibyte;
  while (divideShare(facts, share, true) === undefined || divideShare(facts, share, false) === undefined)
    share += Math.max(mebibyte, Math.floor(share / 64));
  return share;
}
