import type { Plan } from '@riffle/core';
import type { Speeds } from '@riffle/pipeline';

/** Seconds. */
export interface TimeRange {
  readonly least: number;
  readonly most: number;
}

/** Start of the workers, footers, publishing. */
const fixedSeconds = 1;
/** Nanoseconds of one core for what the trial does not try: the way of a row, and of a byte, to its place. */
const otherCost = { row: 300, decodedByte: 0.8 } as const;
/** The trial is short, its files are in the cache, and other work is done beside a real job. */
const unknown = { least: 0.6, most: 2.5 } as const;

/**
 * How long a job may take: at best, work and disk are fully overlapped; at worst, they wait for each other. Deliberately wide: the trial is a
 * second, the job may be hours.
 */
export function estimateTime(
  plan: Pick<Plan, 'memory' | 'rows' | 'inputBytes' | 'estimatedDecodedBytes' | 'estimatedOutputBytes' | 'recipe'>,
  speeds: Speeds,
): TimeRange {
  const { memory, rows, inputBytes, estimatedDecodedBytes: decoded, estimatedOutputBytes: output, recipe } = plan;
  const readings = memory.passes + (recipe.verify === 'full' ? 1 : 0);
  const work =
    (readings * decoded) / speeds.decode +
    (readings * decoded) / speeds.fingerprint +
    decoded / speeds.encode +
    (otherCost.row * rows + otherCost.decodedByte * decoded) / 1e9;
  const spill = memory.estimatedSpillBytes;
  const written = (output + spill) / speeds.write;
  const read = (memory.passes * inputBytes + spill + (recipe.verify === 'full' ? output : 0)) / speeds.read;
  const busy = work / memory.workers;
  return {
    least: fixedSeconds * unknown.least + unknown.least * Math.max(busy, written),
    most: fixedSeconds * unknown.most + unknown.most * (busy + written + read),
  };
}
