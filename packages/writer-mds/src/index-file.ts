import type { FinishedShard, IndexFile } from '@riffle/core';
import type { ColumnPlan } from './plan-columns.ts';
import { pythonJson } from './python-json.ts';
import { shardConfig } from './shard-config.ts';

/**
 * `index.json`, which `StreamingDataset` and `LocalDataset` open the folder by.
 * Source: MosaicML Streaming, `JointWriter.flush_shard` and `Writer._save_index` of `format/base/writer.py` (Apache-2.0).
 */
export function indexFile(shards: readonly FinishedShard[], columns: readonly ColumnPlan[]): IndexFile {
  const config = shardConfig(columns);
  const index = {
    version: 2,
    shards: shards.map(({ file, rows, bytes, sha256 }) => ({
      ...config,
      samples: rows,
      raw_data: { basename: file, bytes, hashes: { sha256 } },
      zip_data: null,
    })),
  };
  return { file: 'index.json', bytes: new TextEncoder().encode(pythonJson(index)) };
}
