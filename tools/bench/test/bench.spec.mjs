import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkOutput, contentOf } from '../src/check-output.mjs';
import { duckdb, riffleIsBuilt, runOnce } from '../src/engines.mjs';
import { makeData } from '../src/make-data.mjs';
import { proofCost } from '../src/proof-cost.mjs';

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
    const docs = join(folder, 'riffle-docs');
    const flags = ['--workloads', 'tokens,narrow', '--scale', '0.002', '--runs', '1', '--data', folder, '--keep'];
    const result = bench('--only', 'riffle,counts,duckdb', ...flags, '--output', docs);
    expect(result.stderr).toContain('tokens: riffle warm-up');
    expect(result.stderr.match(/output right/g)).toHaveLength(6);
    expect(result.status).toBe(0);
    const page = readFileSync(join(docs, 'benchmarks.md'), 'utf8');
    expect(page).toMatch(/\| narrow \| riffle, counts \| \d/);
    // Riffle's time over DuckDB's stands in DuckDB's row.
    expect(page).toMatch(/\| narrow \| riffle \| 1 \| [\d.]+ s \S+ \| {2}\|/);
    expect(page).toMatch(/\| narrow \| duckdb \| 1 \| [\d.]+ s \S+ \| \d+\.\d\d \|/);
    const proof = page.slice(page.indexOf('## What the proof costs'), page.indexOf('## Workloads'));
    expect(proof).toMatch(/\| tokens( \| [\d.]+( s)?){6} \|/);
    expect(
      readdirSync(join(folder, 'output', 'narrow-riffle')).filter((name) => name.endsWith('.parquet')),
    ).toHaveLength(64);
  }, 120_000);

  it('compares run by run what the proof costs', () => {
    const runs = {
      riffle: [2, 3, 9].map((seconds) => ({ seconds, cpuSeconds: 2 * seconds })),
      counts: [1, 2, 8].map((seconds) => ({ seconds, cpuSeconds: 4 })),
    };
    const [row, ...others] = proofCost([
      { workload: 'tokens', runs },
      { workload: 'narrow', runs: { riffle: runs.riffle } },
    ]);
    expect(others).toEqual([]);
    expect(row).toEqual({
      workload: 'tokens',
      full: '3.0 s',
      counts: '2.0 s',
      ratio: '1.50',
      'full, cpu': '6.0 s',
      'counts, cpu': '4.0 s',
      'ratio, cpu': '1.50',
    });
  });

  it('refuses an unknown engine', () => {
    expect(bench('--only', 'riffle,polars')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--only must list'),
    });
  });

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
