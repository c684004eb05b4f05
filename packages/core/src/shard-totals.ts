import type { OutputShardReceipt } from './manifest.ts';

/** One shard of a result, whatever number of files it was divided into. */
export interface ShardTotal {
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
}

/** What is counted of a file, of a receipt or of a report. */
export type CountedFile = Pick<OutputShardReceipt, 'shard' | 'rows' | 'bytes'>;

/** The shards of a result from its files, in order. A file without a number of its shard is a shard by itself. */
export function shardTotals(files: readonly CountedFile[]): readonly ShardTotal[] {
  const totals = new Map<number, ShardTotal>();
  for (const [index, { shard = index, rows, bytes }] of files.entries()) {
    const sum = totals.get(shard) ?? { files: 0, rows: 0, bytes: 0 };
    totals.set(shard, { files: sum.files + 1, rows: sum.rows + rows, bytes: sum.bytes + bytes });
  }
  return [...totals].sort(([one], [other]) => one - other).map(([, total]) => total);
}
