import { execFileSync } from 'node:child_process';
import { cpSync, linkSync, mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { corruptPage, makeDataset, openDuckDB, sameMultiset, type MadeDataset } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, eventsOf, failJob } from './support/job.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MadeDataset;
beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeDataset(join(folder, 'good'), { collections: ['a'], shardsPerCollection: 4, connection: duckdb });
});
afterAll(() => duckdb.closeSync());

const good = (shard: number) => data.files[shard]!.path;

/** A copy of some shards that a test may add links to: `00000/data.parquet` and so on. */
function copy(name: string, ...shards: readonly number[]): string {
  const path = join(folder, name);
  for (const shard of shards) {
    mkdirSync(join(path, `0000${shard}`), { recursive: true });
    cpSync(good(shard), join(path, `0000${shard}/data.parquet`));
  }
  return path;
}
const warningsOf = (events: Parameters<typeof eventsOf>[0]) =>
  eventsOf(events, 'warning').map(({ message }) => message);
const delivered = (output: string, ...files: readonly string[]) =>
  sameMultiset(duckdb, files, join(output, '*.parquet'));

describe('links', () => {
  it('that lead in circles or nowhere, FIFOs and devices: never followed for ever, never waited for', async () => {
    const path = copy('circles', 0);
    const extra = join(path, 'more');
    mkdirSync(extra);
    symlinkSync('..', join(extra, 'up'));
    symlinkSync('itself', join(extra, 'itself'));
    symlinkSync('itself.parquet', join(path, 'itself.parquet'));
    symlinkSync('nowhere', join(path, 'dangling.parquet'));
    symlinkSync('/dev/zero', join(path, 'zero.parquet'));
    symlinkSync('/dev/zero', join(path, 'zero'));
    execFileSync('mkfifo', [join(path, 'pipe.parquet'), join(path, 'pipe')], { stdio: 'ignore' });
    const output = join(folder, 'circles out');
    const { report, events } = await doJob({ collections: [{ name: 'c', path }], output, shards: 3 });
    expect(await delivered(output, good(0))).toMatchObject({ same: true, rightRows: 100 });
    const reason = (what: string) => `it is ${what}, not a regular file`;
    expect(report.lost).toMatchObject([
      { collection: 'c', path: 'dangling.parquet', code: 'BAD_CONTENT', reason: reason('a link that leads nowhere') },
      { collection: 'c', path: 'itself.parquet', code: 'BAD_CONTENT', reason: reason('a link that leads in a circle') },
      { collection: 'c', path: 'pipe.parquet', code: 'BAD_CONTENT', reason: reason('a FIFO') },
      { collection: 'c', path: 'zero.parquet', code: 'BAD_CONTENT', reason: reason('a character device') },
    ]);
    expect(report.collections).toMatchObject([{ loaded: 1, failed: 4, empty: 0, missing: 0, rows: 100 }]);
    expect(warningsOf(events)).toEqual([
      'c: more/up is the same folder as .: it is read once.',
      'c: 3 entries are ignored, as no regular file and not named like data: pipe (a FIFO), zero (a character device), more/itself (a link that leads in a circle).',
    ]);
  });

  it('a collection that is itself a FIFO is refused at once', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path], { stdio: 'ignore' });
    const { error } = await failJob({ collections: [{ name: 'c', path }], output: join(folder, 'never') });
    expect(error).toMatchObject({ code: 'RECIPE_INVALID', exitCode: 2, message: expect.stringContaining('a FIFO') });
  });
});

describe('one file reachable twice', () => {
  it('within a collection: its rows are there once, the result is that of a job without the links, and both paths are told', async () => {
    const path = copy('twice', 0, 1);
    linkSync(join(path, '00001/data.parquet'), join(path, '00001/hard.parquet'));
    mkdirSync(join(path, '00002'));
    symlinkSync('../00000/data.parquet', join(path, '00002/data.parquet'));
    symlinkSync('00001', join(path, 'latest'));
    const output = join(folder, 'twice out');
    // The links make 00002 a shard that is there: with --expect it is not missing.
    const { report, events } = await doJob({
      collections: [{ name: 'c', path, expect: '{00000..00002}' }],
      output,
      shards: 2,
    });
    expect(await delivered(output, good(0), good(1))).toMatchObject({ same: true, rightRows: 200 });
    expect(report.collections).toMatchObject([{ name: 'c', loaded: 2, missing: 0, failed: 0, empty: 0, rows: 200 }]);
    expect(report.lost).toEqual([]);
    expect(warningsOf(events)).toEqual([
      'c: latest is the same folder as 00001: it is read once.',
      'c: 00001/hard.parquet is the same file as 00001/data.parquet: it is read once.',
      'c: 00002/data.parquet is the same file as 00000/data.parquet: it is read once.',
    ]);
    const reference = join(folder, 'twice reference');
    await doJob({ collections: [{ name: 'c', path: copy('once', 0, 1) }], output: reference, shards: 2 });
    expect(shardHashes(output)).toEqual(shardHashes(reference));
  });

  it('a thousand links are counted, not told one by one', async () => {
    const path = copy('many', 0);
    for (let link = 0; link < 1000; link++)
      linkSync(join(path, '00000/data.parquet'), join(path, `00000/link-${link}.parquet`));
    const { report, events } = await doJob({
      collections: [{ name: 'c', path }],
      output: join(folder, 'many out'),
      shards: 2,
    });
    expect(report.rows).toBe(100);
    expect(warningsOf(events)).toHaveLength(4);
    expect(warningsOf(events)[3]).toBe('c: 997 more paths lead to a file that is read already.');
  });

  it('in two collections: its rows are there twice, since that may be meant, and it is told', async () => {
    const path = copy('weighed', 0, 1);
    const other = join(folder, 'weighed too');
    mkdirSync(other);
    linkSync(join(path, '00001/data.parquet'), join(other, 'x.parquet'));
    symlinkSync('../weighed/00000/data.parquet', join(other, 'y.parquet'));
    const output = join(folder, 'weighed out');
    const collections = [
      { name: 'one', path },
      { name: 'two', path: other },
    ];
    const { report, events } = await doJob({ collections, output, shards: 2 });
    expect(await delivered(output, good(0), good(0), good(1), good(1))).toMatchObject({
      leftRows: 400,
      rightRows: 400,
      onlyLeft: 0,
      onlyRight: 0,
    });
    expect(report.collections.map(({ rows }) => rows)).toEqual([200, 200]);
    expect(warningsOf(events)).toEqual([
      '2 files are in both collections one and two, and counted in both: one/00001/data.parquet is two/x.parquet. If that is not meant, leave one out.',
    ]);
  });

  it('is read by the other path where the shard of the first one is bad', async () => {
    const path = copy('bad first', 0, 1);
    cpSync(good(2), join(path, '00000/more.parquet'));
    truncateSync(join(path, '00000/more.parquet'), 100);
    linkSync(join(path, '00000/data.parquet'), join(path, '00001/link.parquet'));
    const output = join(folder, 'bad first out');
    const { report } = await doJob({ collections: [{ name: 'c', path }], output, shards: 2 });
    expect(report.lost).toMatchObject([
      { path: '00000', reason: expect.stringMatching(/^more\.parquet: It is truncated/) },
    ]);
    expect(await delivered(output, good(0), good(1))).toMatchObject({ same: true, rightRows: 200 });
  });

  it.each(['00000', '00001'])(
    'is read by the other path also where a shard (%s) turns out bad only when decoded',
    async (bad) => {
      const path = copy(`late ${bad}`, 0, 1, 3);
      linkSync(join(path, '00000/data.parquet'), join(path, '00001/link.parquet'));
      cpSync(good(2), join(path, `${bad}/more.parquet`));
      await corruptPage(join(path, `${bad}/more.parquet`));
      const output = join(folder, `late ${bad} out`);
      const { report } = await doJob({ collections: [{ name: 'c', path }], output, shards: 2 });
      expect(report.lost).toMatchObject([{ path: bad }]);
      rmSync(join(path, bad), { recursive: true });
      const reference = join(folder, `late ${bad} reference`);
      await doJob({ collections: [{ name: 'c', path }], output: reference, shards: 2 });
      expect(shardHashes(output)).toEqual(shardHashes(reference));
      const other = bad === '00000' ? [good(0), good(1)] : [good(0)];
      expect(await delivered(output, ...other, good(3))).toMatchObject({ same: true });
    },
  );

  it('gives the same bytes whatever the order in which the storage lists', async () => {
    const path = copy('order', 0, 1);
    for (const link of ['a', 'z', '00000/z']) symlinkSync(join(path, '00001'), join(path, link));
    linkSync(join(path, '00000/data.parquet'), join(path, 'y.parquet'));
    const collections = [{ name: 'c', path }];
    await doJob({ collections, output: join(folder, 'order out'), shards: 3 });
    await doJob(
      { collections, output: join(folder, 'reversed out'), shards: 3 },
      { plugins: { storage: wrapperPlugin('reversed-storage') } },
    );
    expect(shardHashes(join(folder, 'reversed out'))).toEqual(shardHashes(join(folder, 'order out')));
  });
});
