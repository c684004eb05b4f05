import { existsSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@riffle/core';
import { corruptPage, makeDataset } from '@riffle/testkit';
import { expect, it } from 'vitest';
import { temporaryFolder } from './fake-host.ts';
import { runBinary } from './run-binary.ts';

/** Two collections of three shards, each of 2,500 rows in two row groups: one is missing, one truncated, one has a bad last page. */
async function folderWithLosses(): Promise<string> {
  const folder = temporaryFolder();
  await makeDataset(folder, { rowsPerShard: 2500, rowGroupRows: 2048 });
  rmSync(join(folder, 'a/00001'), { recursive: true });
  truncateSync(join(folder, 'b/00000/data.parquet'), 5000);
  await corruptPage(join(folder, 'b/00002/data.parquet'));
  return folder;
}

const job = ['run', '--input', 'a=a', '--input', 'b=b', '--output', 'out', '--shards', '4', '--expect', '3'];
const salvage = [...job, '--on-bad-shard', 'salvage', '--json'];

it('salvages, says what was lost where a user looks, and exits with 4 where that is too much', async () => {
  const workingFolder = await folderWithLosses();
  const list = join(workingFolder, 'out/.riffle/lost.jsonl');
  const refused = await runBinary([...salvage, '--max-loss', '0.1%'], { workingFolder });
  expect(refused.exitCode).toBe(4);
  const { error } = JSON.parse(refused.stdout) as { error: { code: string; details: { losses: unknown[] } } };
  expect(error).toMatchObject({
    code: 'LOSS_TOO_HIGH',
    details: { losses: [{ collection: 'a' }, { collection: 'b' }] },
  });
  expect(refused.stderr).toContain(
    'riffle: 2 shards are lost, 33.33% where --max-loss allows 0.1%. The first: a/00001',
  );
  expect(refused.stderr).toMatch(/^ {2}a {11}1 of 3 {2}unknown {5}33\.33% {2}not there 1$/m);
  expect(refused.stderr).toContain('each loss is a line of out/.riffle/lost.jsonl.');
  expect(readFileSync(list, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  expect(existsSync(join(workingFolder, 'out/00000.parquet'))).toBe(false);

  const { exitCode, stdout, stderr } = await runBinary(salvage, { workingFolder });
  expect(exitCode).toBe(0);
  const report = JSON.parse(stdout) as Report;
  expect(report.rows).toBe(3 * 2500 + 2048);
  expect(report.collections[1]).toMatchObject({ loaded: 2, failed: 1, salvaged: 1, rows: 2500 + 2048 });
  expect(stderr).toMatch(/^ {2}salvaged shard b\/00002: data\.parquet: .* \(kept 2,048 rows, lost 452\)$/m);
  expect(stderr).toMatch(/^ {2}b {11}1, 1 in part of 3 {2}452 of 5,000 {2}33\.33% {2}decode error 1, truncated 1$/m);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe(
    'Done and verified: 9,548 rows in 4 shards, out; lost 2 of 6 shards and 1 in part, with 452 known rows (33.33%), within the 100% of --max-loss',
  );
  const lines = readFileSync(list, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { status: string }).status)).toEqual([
    'missing',
    'failed',
    'salvaged',
  ]);
});
