import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkOutput, contentOf } from '../src/check-output.mjs';
import { duckdb, riffleIsBuilt, runOnce } from '../src/engines.mjs';
import { makeData } from '../src/make-data.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bench = (...args) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('../bench.mjs', import.meta.url)), ...args], { encoding: 'utf8' });

describe('the benchmark', () => {
  it('runs from the making of data to the page, on tiny data', () => {
    const docs = join(folder, 'docs');
    const result = bench('--only', 'duckdb', '--scale', '0.002', '--runs', '1', '--data', folder, '--output', docs);
    expect(result.stderr).toContain('narrow: run 1 of 1');
    expect(result.status).toBe(0);
    const { results } = JSON.parse(readFileSync(join(docs, 'benchmarks.json'), 'utf8'));
    expect(results.map(({ workload, rows }) => [workload, rows])).toEqual([
      ['tokens', 400],
      ['audio', 64],
      ['narrow', 20_000],
    ]);
    for (const { summary } of results) {
      expect(summary.duckdb.seconds.median).toBeGreaterThan(0);
      expect(summary.duckdb.peakBytes.median).toBeGreaterThan(10e6);
      expect(summary.duckdb.files.median).toBe(64);
    }
    expect(readFileSync(join(docs, 'benchmarks.md'), 'utf8')).toMatch(/\| narrow \| duckdb \| \d/);
  }, 120_000);

  it('sees the same rows come out of Riffle', () => {
    expect(riffleIsBuilt()).toBe(true);
    const result = bench('--workloads', 'tokens,narrow', '--scale', '0.002', '--runs', '1', '--data', folder, '--keep');
    expect(result.stderr).toContain('tokens: riffle warm-up');
    expect(result.stderr.match(/output right/g)).toHaveLength(4);
    expect(result.status).toBe(0);
    expect(
      readdirSync(join(folder, 'output', 'narrow-riffle')).filter((name) => name.endsWith('.parquet')),
    ).toHaveLength(64);
  }, 120_000);

  it('refuses an unknown workload', () => {
    expect(bench('--workloads', 'tokens,wide')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no workload "wide"'),
    });
  });

  it('makes the same rows again, and nothing if they are there', async () => {
    const first = await makeData('tokens', join(folder, 'again'), 0.001);
    const content = contentOf(first.glob);
    expect(await makeData('tokens', join(folder, 'again'), 0.001)).toEqual(first);
    rmSync(join(folder, 'again'), { recursive: true });
    expect(contentOf((await makeData('tokens', join(folder, 'again'), 0.001)).glob)).toEqual(content);
  });

  it('sees an output with a shard that stands twice', async () => {
    const dataset = await makeData('tokens', folder, 0.002);
    const input = contentOf(dataset.glob);
    const output = join(folder, 'wrong');
    await runOnce(duckdb, dataset, output, { keep: true, check: (glob) => checkOutput(input, glob) });
    const [first, second] = readdirSync(output).toSorted();
    const file = (shard) => join(output, shard, readdirSync(join(output, shard))[0]);
    copyFileSync(file(first), file(second));
    expect(() => checkOutput(input, join(output, duckdb.outputGlob))).toThrow(/is wrong: (rows|sum)/);
  });
});
