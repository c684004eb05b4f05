import { join } from 'node:path';
import { judgeOrder } from '@riffle/certificate';
import { makeDataset, openDuckDB } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import type { Certification } from '@riffle/pipeline';
import { main } from '../src/main.ts';
import { fakeHost, temporaryFolder } from './fake-host.ts';
import { runBinary } from './run-binary.ts';

function result(sources: Float64Array, changes: Partial<Certification> = {}): Certification {
  const rows = sources.length;
  const certificate = judgeOrder({ rows, stretches: [{ start: 0, rows }], sources, sourceRows: rows });
  const judged = { kind: 'column', column: 'id', type: 'int64', nulls: 0 } as const;
  return { ok: certificate.verdict === 'shuffled', judged, files: 2, leftOut: [], certificate, ...changes };
}

const sorted = (rows: number) => Float64Array.from({ length: rows }, (_, index) => index);

describe('certify', () => {
  it('is 5 for an order that was kept, with the reasons', async () => {
    let given: unknown;
    const host = fakeHost({
      certify: (folder, { column, baseFolder }) => {
        given = { folder, column, baseFolder };
        return Promise.resolve(result(sorted(2000)));
      },
    });
    expect(await main(['certify', 'out', '--column', 'id', '--json'], host)).toBe(5);
    expect(given).toEqual({ folder: join(host.workingFolder, 'out'), column: 'id', baseFolder: host.workingFolder });
    expect(JSON.parse(host.written.stdout)).toMatchObject({
      ok: false,
      certificate: { verdict: 'not-shuffled' },
      error: { code: 'NOT_SHUFFLED', message: expect.stringContaining('Early rows of the source come early') },
    });
    const lines = host.written.stderr.split('\n');
    expect(lines[0]).toBe('Judged by column id (int64): all 2,000 rows in 2 files, in the order of their paths.');
    expect(lines).toContain('Not shuffled: out');
    expect(lines).toContain('  Early rows of the source come early in the output.');
    expect(host.written.stderr).toContain('first rows of the output');
  });

  it('is 5 where too few rows are, and says so', async () => {
    const host = fakeHost({ certify: () => Promise.resolve(result(sorted(10))) });
    expect(await main(['certify', 'out', '--column', 'id', '--json'], host)).toBe(5);
    expect(JSON.parse(host.written.stdout)).toMatchObject({ ok: false, error: { code: 'TOO_FEW_ROWS' } });
    expect(host.written.stderr).toContain('Not judged: out\n  There are 10 rows');
  });

  it('says with --quiet only the verdict, and what steers a terminal is not printed', async () => {
    const leftOut = [{ path: 'a\u001b[31m', reason: 'is no Parquet file' }];
    const loud = fakeHost({ certify: () => Promise.resolve(result(sorted(2000), { leftOut })) });
    await main(['certify', 'out'], loud);
    expect(loud.written.stderr).toContain('Left out: a\uFFFD[31m: is no Parquet file');
    const quiet = fakeHost({ certify: () => Promise.resolve(result(sorted(2000))) });
    await main(['certify', 'out', '--quiet'], quiet);
    expect(quiet.written.stderr.split('\n')[0]).toBe('Not shuffled: out');
  });
});

describe('the command on real data', () => {
  it('tells four orders apart, and judges a result by its permutation and by its rows', async () => {
    const workingFolder = temporaryFolder();
    const orders = {
      sorted: ['i', 'not-shuffled'],
      blocks: ['(hash(md5((i // 10)::VARCHAR)) % 1000000007)::BIGINT * 10 + i % 10', 'not-shuffled'],
      buffer: ['i + (hash(md5(i::VARCHAR)) % 500)::BIGINT', 'not-shuffled'],
      shuffled: ['hash(md5(i::VARCHAR))', 'shuffled'],
    } as const;
    const connection = await openDuckDB();
    const columns = Object.fromEntries(Object.entries(orders).map(([name, [expression]]) => [name, expression]));
    await makeDataset(workingFolder, { rowsPerShard: 1000, columns, connection });
    connection.closeSync();
    for (const [column, [, verdict]] of Object.entries(orders)) {
      const { exitCode, stdout } = await runBinary(['certify', 'a', '--column', column, '--json'], { workingFolder });
      expect([column, exitCode]).toEqual([column, verdict === 'shuffled' ? 0 : 5]);
      expect(JSON.parse(stdout)).toMatchObject({ files: 3, certificate: { verdict, rows: 3000 } });
    }
    const none = await runBinary(['certify', 'a', '--json'], { workingFolder });
    expect(none.exitCode).toBe(2);
    expect(JSON.parse(none.stdout)).toMatchObject({
      error: { code: 'USAGE', message: expect.stringMatching(/sorted \(int64\), blocks \(int64\)/) },
    });

    const inputs = ['--input', 'a=a', '--input', 'b=b', '--output', 'out', '--shards', '9'];
    expect((await runBinary(['run', ...inputs], { workingFolder })).exitCode).toBe(0);
    const byPlan = await runBinary(['certify', 'out'], { workingFolder });
    expect(byPlan.exitCode).toBe(0);
    expect(byPlan.stderr).toContain(
      'Judged by the permutation of the plan (perm-v1, seed 42): all 6,000 rows in 9 shards.',
    );
    expect(byPlan.stderr).toContain('That the rows are there, riffle verify out proves');
    expect(byPlan.stderr.trimEnd().split('\n').at(-1)).toBe(
      'Shuffled: out. All 20 tests found what a fair shuffle gives.',
    );
    const byRows = await runBinary(['certify', 'out', '--column', 'sorted', '--json'], { workingFolder });
    expect(byRows.exitCode).toBe(0);
    expect(JSON.parse(byRows.stdout)).toMatchObject({
      judged: { kind: 'column', column: 'sorted', type: 'int64' },
      files: 9,
    });
  });
});
