import {
  columnBatchBytes,
  createArena,
  createFingerprintSums,
  fingerprintRows,
  orderBatch,
  parseSegments,
  type ColumnBatch,
} from '@riffle/columnar';
import type { Shuffler, Storage } from '@riffle/core';
import { openStore } from '../moving/block-store.ts';
import { dealRows, type DealtBatch } from '../moving/dealt-batch.ts';
import type { Move } from '../moving/move.ts';
import type { Stopwatch } from './stopwatch.ts';

/** Dealt and ordered rows live here from round to round. */
const arenas = [createArena(), createArena()] as const;

/** Writes dealt rows to a spill file, reads them back, and removes it. */
async function trySpill(dealt: DealtBatch, { template }: Move, storage: Storage, folder: string, name: string) {
  const location = storage.join(folder, name);
  const store = await openStore({ kind: 'spill', folder, file: name }, storage, 0, Number.POSITIVE_INFINITY, {});
  try {
    await store!.add(dealt);
    const { spill } = await store!.finish();
    await store!.close();
    const file = await storage.open(location);
    try {
      parseSegments(await file.read(0, spill!.bytes), template);
    } finally {
      await file.close();
    }
  } finally {
    await store!.close();
    await storage.remove(location);
  }
}

/**
 * Does with some rows what a job does between decoding and encoding, and times each kind of work.
 *
 * @param rows the memory that they are in may be used again afterwards
 * @returns them in another order, in memory that is valid until the next call
 */
export async function tryMoving(
  rows: ColumnBatch,
  move: Move,
  shuffler: Shuffler,
  storage: Storage,
  folder: string,
  name: string,
  watch: Stopwatch,
): Promise<ColumnBatch> {
  const [dealing, ordering] = arenas;
  dealing.reset();
  ordering.reset();
  const bytes = columnBatchBytes(rows);
  const sources = [{ batch: rows, firstRow: 0, input: createFingerprintSums(1) }];
  await watch.time('fingerprint', bytes, () => fingerprintRows(rows, new Uint32Array(4 * rows.rows)));
  // Of no bucket: this is all that a later pass does with rows that are not its own.
  const permuting = await watch.time('permute', bytes, () =>
    dealRows(move, sources, 0, 0, undefined, dealing.allocate),
  );
  const dealt = await watch.time('deal', bytes, () =>
    dealRows(move, sources, 0, move.buckets.count, undefined, dealing.allocate),
  );
  watch.add('deal', 0, -permuting.milliseconds);
  await watch.time('spill', bytes, () => trySpill(dealt.result, move, storage, folder, name));
  const places = new Float64Array(rows.rows);
  shuffler.plan(rows.rows, '').positionsOf(0, places);
  const ordered = await watch.time('place', bytes, () =>
    orderBatch([dealt.result.batch], [Uint32Array.from(places)], rows.rows, ordering.allocate),
  );
  return ordered.result;
}
