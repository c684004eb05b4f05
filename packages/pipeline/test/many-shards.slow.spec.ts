import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDataset, openDuckDB, sameMultiset } from '@riffle/testkit';
import { expect, it } from 'vitest';
import { evenShards } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const script = fileURLToPath(new URL('support/many-shards.mjs', import.meta.url));
const rows = 1_000_000;
const shards = 10_000;

it('10,000 shards from a million rows, with at most 256 open files', async () => {
  const duckdb = await openDuckDB();
  try {
    const columns = {
      id: 'i',
      label: "'label-' || hash(i, 'label') % 20",
      score: "(hash(i, 'score') % 1000)::DOUBLE / 7",
    };
    const data = await makeDataset(folder, {
      collections: ['in'],
      shardsPerCollection: 20,
      rowsPerShard: rows / 20,
      columns,
      connection: duckdb,
    });
    const output = join(folder, 'out');
    const printed = execFileSync(
      'bash',
      ['-c', 'ulimit -n 256 && exec "$0" "$@"', process.execPath, script, join(folder, 'in'), output, String(shards)],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const result = JSON.parse(printed) as {
      readonly rows: number;
      readonly shards: readonly string[];
      readonly ok: boolean;
      readonly findings: readonly unknown[];
    };
    expect(result).toMatchObject({ rows, ok: true, findings: [] });
    expect(result.shards).toEqual(evenShards(rows, shards).map((shard) => `${shard.file} ${shard.rows}`));
    expect(
      await sameMultiset(
        duckdb,
        data.files.map((file) => file.path),
        join(output, '*.parquet'),
      ),
    ).toMatchObject({ same: true, leftRows: rows, rightRows: rows });
  } finally {
    duckdb.closeSync();
  }
}, 300_000);
