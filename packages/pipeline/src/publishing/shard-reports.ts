import type { OutputShardReceipt, ShardReport } from '@riffle/core';

/** The files of a result, as its report names them. */
export function shardReports(outputs: readonly OutputShardReceipt[]): readonly ShardReport[] {
  return outputs.map(({ file, shard, rows, bytes, sha256 }) => ({
    file,
    ...(shard === undefined ? {} : { shard }),
    rows,
    bytes,
    sha256,
  }));
}
