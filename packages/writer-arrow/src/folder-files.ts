import { createHash } from 'node:crypto';
import type { FinishedShard, IndexFile } from '@riffle/core';
import type { Schema } from 'apache-arrow';

const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);

/** The features that `datasets` keeps in a schema; without them it takes those of the Arrow types. */
function featuresOf({ metadata }: Schema): unknown {
  try {
    const value = JSON.parse(metadata.get('huggingface') ?? 'null') as { info?: { features?: unknown } } | null;
    return value?.info?.features;
  } catch {
    return undefined;
  }
}

/**
 * What `Dataset.save_to_disk` writes beside its files, as `load_from_disk` reads it.
 * Source: `datasets` 5.2, `Dataset.save_to_disk` and `Dataset.load_from_disk` (Apache-2.0).
 */
export function folderFiles(shards: readonly FinishedShard[], schema: Schema): readonly IndexFile[] {
  const hash = createHash('sha256');
  for (const { sha256 } of shards) hash.update(sha256);
  const features = featuresOf(schema);
  const info = {
    citation: '',
    description: '',
    ...(features === undefined ? {} : { features }),
    homepage: '',
    license: '',
  };
  const state = {
    _data_files: shards.map(({ file }) => ({ filename: file })),
    // Names of cached results are made from it: any text that is another for other rows.
    _fingerprint: hash.digest('hex').slice(0, 16),
    _format_columns: null,
    _format_kwargs: {},
    _format_type: null,
    _output_all_columns: false,
    _split: null,
  };
  return [
    { file: 'dataset_info.json', bytes: json(info) },
    { file: 'state.json', bytes: json(state) },
  ];
}
