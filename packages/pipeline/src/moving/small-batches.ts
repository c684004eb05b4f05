import { columnBatchBytes, createArena, takeBatch } from '@riffle/columnar';
import type { SourceRows } from './dealt-batch.ts';

/** A batch of at least this many bytes, or rows, is dealt as it comes. */
const largeBytes = 2 * 2 ** 20;
const largeRows = 32_768;
/** Copies of small ones are dealt together when they have this many bytes. */
const togetherBytes = 8 * 2 ** 20;

/**
 * Deals batches, small ones together: 20,000 files of 50 rows would otherwise make 20,000 blocks. A batch is valid only
 * until the next is read, so small ones are copied.
 */
export interface SmallBatches {
  add(source: SourceRows): Promise<void>;
  /** Deals what is left. */
  flush(): Promise<void>;
}

let ascending = new Uint32Array(0);

/** The numbers from 0 to `rows − 1`. */
function inOrder(rows: number): Uint32Array {
  if (ascending.length < rows) {
    ascending = new Uint32Array(Math.min(largeRows, 2 * rows));
    for (let row = 0; row < ascending.length; row++) ascending[row] = row;
  }
  return ascending.subarray(0, rows);
}

export function createSmallBatches(deal: (sources: readonly SourceRows[]) => Promise<void>): SmallBatches {
  const arena = createArena();
  let kept: SourceRows[] = [];
  let keptBytes = 0;
  const flush = async () => {
    if (kept.length > 0) await deal(kept);
    kept = [];
    keptBytes = 0;
    arena.reset();
  };
  return {
    flush,
    async add(source) {
      const { rows } = source.batch;
      const bytes = columnBatchBytes(source.batch);
      if (bytes >= largeBytes || rows >= largeRows) return deal([source]);
      kept.push({
        ...source,
        batch: takeBatch([source.batch], { which: undefined, rows: inOrder(rows) }, 0, rows, arena.allocate),
      });
      keptBytes += bytes;
      if (keptBytes >= togetherBytes) await flush();
    },
  };
}
