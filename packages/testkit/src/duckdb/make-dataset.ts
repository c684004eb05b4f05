import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDB, sqlName, sqlText } from './open-duckdb.ts';

export interface DatasetOptions {
  /** Names of the collections: each becomes a folder. Default `a` and `b`. */
  readonly collections?: readonly string[];
  /** Default 3. */
  readonly shardsPerCollection?: number;
  /** One number for all, or a function of the shard's number over all collections. Default 100. */
  readonly rowsPerShard?: number | ((shard: number) => number);
  /**
   * SQL expressions by column name. `i` is the number of the row over the whole dataset, `shard` the number of the shard, `seed` the seed;
   * `hash(i, seed, 'x')` is a deterministic random number. Default: the columns of {@link speechColumns}.
   */
  readonly columns?: Readonly<Record<string, string>>;
  readonly seed?: number;
  /** Where a shard's file lies below its collection. Default `00000/data.parquet`, `00001/data.parquet`, … */
  readonly fileName?: (shardOfCollection: number) => string;
  /** Most rows of a row group; DuckDB rounds up to what it has in hand, 2,048 rows. Default 122,880. */
  readonly rowGroupRows?: number;
  readonly compression?: 'snappy' | 'zstd' | 'gzip' | 'uncompressed';
  /** An open DuckDB to write with; otherwise one is opened. */
  readonly connection?: DuckDBConnection;
}

/** A row as speech datasets have them, with a null here and there; `id` tells every row apart. */
export const speechColumns: Readonly<Record<string, string>> = {
  id: "printf('row-%08d', i)",
  text: "CASE WHEN hash(i, seed, 'null') % 10 = 0 THEN NULL ELSE 'sentence ' || hash(i, seed, 'text') % 1000 END",
  speaker: "'speaker-' || hash(i, seed, 'speaker') % 5",
  duration: "(hash(i, seed, 'duration') % 10000)::DOUBLE / 1000",
  codes: "list_transform(range((hash(i, seed, 'length') % 12)::BIGINT), lambda k: (hash(i, seed, k) % 1024)::INTEGER)",
  audio: "{'bytes': encode(md5(i || 'audio')), 'path': i || '.wav'}",
};

export interface MadeDataset {
  readonly folder: string;
  readonly collections: readonly { readonly name: string; readonly path: string }[];
  /** Every file in plan order: collections as given, then shards by number. */
  readonly files: readonly {
    readonly collection: string;
    readonly path: string;
    readonly rows: number;
    readonly firstRow: number;
  }[];
  readonly rows: number;
}

/**
 * Makes collections of Parquet shards with DuckDB, so that what reads them is not tested against itself. Deterministic. Shards of 0 rows are files
 * with no rows.
 */
export async function makeDataset(folder: string, options: DatasetOptions = {}): Promise<MadeDataset> {
  const {
    collections = ['a', 'b'],
    shardsPerCollection = 3,
    rowsPerShard = 100,
    columns = speechColumns,
    seed = 1,
  } = options;
  const {
    rowGroupRows = 122_880,
    compression = 'snappy',
    fileName = (shard: number) => `${String(shard).padStart(5, '0')}/data.parquet`,
  } = options;
  const connection = options.connection ?? (await openDuckDB());
  const files: { collection: string; path: string; rows: number; firstRow: number }[] = [];
  const select = Object.entries(columns)
    .map(([name, expression]) => `${expression} AS ${sqlName(name)}`)
    .join(', ');
  let firstRow = 0;
  try {
    for (const [index, collection] of collections.entries()) {
      for (let ofCollection = 0; ofCollection < shardsPerCollection; ofCollection++) {
        const shard = index * shardsPerCollection + ofCollection;
        const rows = typeof rowsPerShard === 'number' ? rowsPerShard : rowsPerShard(shard);
        const path = join(folder, collection, fileName(ofCollection));
        await mkdir(join(path, '..'), { recursive: true });
        await connection.run(
          `COPY (SELECT ${select} FROM (SELECT i, ${seed} AS seed, ${shard} AS shard FROM range(${firstRow}, ${firstRow + rows}) numbers(i)))
           TO ${sqlText(path)} (FORMAT parquet, COMPRESSION ${compression}, ROW_GROUP_SIZE ${rowGroupRows})`,
        );
        files.push({ collection, path, rows, firstRow });
        firstRow += rows;
      }
    }
  } finally {
    if (options.connection === undefined) connection.closeSync();
  }
  return {
    folder,
    collections: collections.map((name) => ({ name, path: join(folder, name) })),
    files,
    rows: firstRow,
  };
}
