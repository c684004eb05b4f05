import { createHash } from 'node:crypto';
import type { Planned } from '../planning/plan-stage.ts';
import { canonicalJson } from '@riffle/core';
import type { MoveSpec } from './move.ts';
import type { ScatterFragment } from './scatter-unit.ts';

/** Units per worker, so that the last ones to finish are short against the whole. */
const unitsPerWorker = 6;
/** A unit never covers more Arrow data than this, however large the job. */
const largestUnit = 2 ** 30;

export function moveSpec({ plan, treaty }: Planned): MoveSpec {
  return {
    treaty: treaty.schema,
    conversions: treaty.conversions,
    rows: plan.rows,
    shards: plan.shards,
    seed: plan.seed,
    buckets: plan.buckets,
  };
}

/** Fragments in plan order, cut into units of work of about equal size. */
export function cutScatterUnits({ plan, files, treaty }: Planned): readonly (readonly ScatterFragment[])[] {
  const bytesPerRow = plan.estimatedDecodedBytes / plan.rows;
  const { workers, readBatchBytes } = plan.memory;
  const wanted = Math.min(
    largestUnit,
    Math.max(Math.min(readBatchBytes, 2 ** 23), plan.estimatedDecodedBytes / (workers * unitsPerWorker)),
  );
  const units: ScatterFragment[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const [place, { file, shard, firstRow, collection }] of files.entries()) {
    const conversion = treaty.conversionOf(collection, file.schema);
    let row = firstRow;
    let rowOfFile = 0;
    for (const [fragment, { rows, lost }] of file.fragments.entries()) {
      rowOfFile += rows;
      if (lost === true) continue;
      if (bytes >= wanted) {
        units.push([]);
        bytes = 0;
      }
      units.at(-1)!.push({
        file: place,
        location: file.location,
        size: file.size,
        version: file.version,
        reader: file.reader,
        fragment,
        rows,
        firstRow: row,
        rowOfFile: rowOfFile - rows,
        conversion,
        shard,
      });
      row += rows;
      bytes += rows * bytesPerRow;
    }
  }
  return units;
}

/**
 * Digest of everything that a spill file's content depends on beside the job itself: how the input is cut into units, and the
 * output into buckets. 64 lower-case hexadecimal digits.
 */
export function scatterLayout(planned: Planned): string {
  const { rows, shards, buckets } = planned.plan;
  const units = cutScatterUnits(planned).map((fragments) => [fragments[0]!.firstRow, fragments.length]);
  return createHash('sha256').update(canonicalJson({ rows, shards, buckets, units })).digest('hex');
}
