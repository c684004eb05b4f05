import type { JobAmounts, JobCosts, WorkKind } from '@riffle/core';

/** Nanoseconds of one core. */
interface UnitCost {
  readonly row?: number;
  readonly cell?: number;
  readonly value?: number;
  readonly byte?: number;
}

/**
 * What work costs where nothing was tried. Measured with `node tools/bench/calibrate.mjs`, which prints what it finds beside these numbers.
 * Decoding and encoding depend on the number of values and on bytes, moving rows on the number of cells and on bytes.
 */
export const unitCosts: Readonly<Record<WorkKind, UnitCost>> = {
  decode: { value: 11, byte: 1.5 },
  permute: { row: 61 },
  fingerprint: { cell: 8.2, byte: 0.33 },
  deal: { cell: 30, byte: 0.085 },
  place: { cell: 24, byte: 0.17 },
  encode: { value: 12, byte: 0.96 },
  check: { value: 3.7, byte: 0.81 },
  spill: { cell: 18, byte: 2.6 },
};

/** Bytes a second of a local disk. */
const assumedDiskSpeed = 1e9;

/** Seconds of one core for one kind of work with all rows. */
function secondsOf({ row = 0, cell = 0, value = 0, byte = 0 }: UnitCost, amounts: JobAmounts): number {
  return (row * amounts.rows + cell * amounts.cells + value * amounts.values + byte * amounts.bytes) / 1e9;
}

/** The costs of a job on a machine like that on which {@link unitCosts} were measured. */
export function assumedCosts(amounts: JobAmounts): JobCosts {
  const seconds = Object.fromEntries(Object.entries(unitCosts).map(([kind, cost]) => [kind, secondsOf(cost, amounts)]));
  return {
    basis: 'assumed',
    amounts,
    seconds: seconds as Record<WorkKind, number>,
    diskSpeed: assumedDiskSpeed,
  };
}
