import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { makeDataset, speechColumns, type DatasetOptions } from '@riffle/testkit';

export interface MixedDataset {
  readonly collections: readonly { readonly name: string; readonly path: string }[];
  /** In plan order. */
  readonly files: readonly string[];
  readonly rows: number;
}

export interface MixedOptions extends Pick<DatasetOptions, 'rowsPerShard' | 'rowGroupRows'> {
  /** More columns as SQL expressions; see `DatasetOptions.columns`. */
  readonly more?: Readonly<Record<string, string>>;
}

const layouts: readonly (Pick<DatasetOptions, 'fileName' | 'shardsPerCollection'> & {
  readonly name: string;
  readonly below: string;
  readonly path: string;
})[] = [
  { name: 'tts', below: 'tts/.dset', path: 'tts/.dset/tts', shardsPerCollection: 3 },
  {
    name: 'plain files',
    below: '',
    path: 'plain files',
    shardsPerCollection: 3,
    fileName: (shard) => `part-${shard}.parquet`,
  },
  {
    name: 'deep',
    below: '',
    path: 'deep',
    shardsPerCollection: 3,
    fileName: (shard) => `2024/b/${['00000/one', '00000/two', '00001/a/three'][shard]}.parquet`,
  },
  { name: 'single', below: '', path: 'single/only.parquet', shardsPerCollection: 1, fileName: () => 'only.parquet' },
];

/**
 * Four collections in every layout that a collection may have: shard folders below a dot folder, files in the root, deeper nesting with two files in one
 * shard, one file. Beside the columns of speech data each row has `row`, its global number in plan order, and a column that is almost always null.
 */
export async function makeMixedDataset(
  folder: string,
  connection: DuckDBConnection,
  options: MixedOptions = {},
): Promise<MixedDataset> {
  const { rowsPerShard = (shard: number) => 150 + 37 * shard, rowGroupRows = 122_880, more = {} } = options;
  const files: string[] = [];
  let rows = 0;
  for (const { name, below, path, ...layout } of layouts) {
    const columns = {
      row: `(i + ${rows})::INTEGER`,
      ...speechColumns,
      rare: "CASE WHEN hash(i, 'rare') % 40 = 0 THEN [{'a': i, 'b': NULL}, NULL] END",
      ...more,
    };
    const collection = path.endsWith('.parquet') ? 'single' : name;
    const made = await makeDataset(join(folder, below), {
      ...layout,
      columns,
      rowsPerShard,
      rowGroupRows,
      seed: rows,
      collections: [collection],
      connection,
    });
    files.push(...made.files.map((file) => file.path));
    rows += made.rows;
  }
  return { collections: layouts.map(({ name, path }) => ({ name, path: join(folder, path) })), files, rows };
}
