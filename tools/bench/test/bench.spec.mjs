import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkOutput, contentOf } from '../src/check-output.mjs';
import { duckdb } from '../src/engines/duckdb.mjs';
import { transcode } from '../src/engines/floors.mjs';
import { riffleIsBuilt } from '../src/engines/riffle.mjs';
import { makeData } from '../src/make-data.mjs';
import { runOnce } from '../src/run-once.mjs';
import { workloads } from '../src/workloads/index.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bench = (...args) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('../bench.mjs', import.meta.url)), '--data', folder, ...args], {
    encoding: 'utf8',
  });
const savedIn = (docs, section) =>
  JSON.parse(readFileSync(join(docs, 'benchmarks', `${section}.json`), 'utf8')).results;

describe('the benchmark', () => {
  it('runs from the making of data to the page, on tiny data, and adds to what was measured before', () => {
    const docs = join(folder, 'docs');
    const how = ['--sections', 'workloads', '--scale', '0.002', '--runs', '1', '--output', docs];
    const peers = ['--only', 'duckdb,transcode,copy'];
    expect(bench(...how, ...peers, '--workloads', 'tokens').status).toBe(0);
    const result = bench(...how, ...peers, '--workloads', 'audio,narrow,text,wide,tiny');
    expect(result.stderr).toContain('tiny: run 1 of 1');
    expect(result.stderr).not.toContain('tokens');
    expect(result.status).toBe(0);
    const results = savedIn(docs, 'workloads');
    expect(results.map(({ name, rows, files }) => [name, rows, files])).toEqual([
      ['tokens', 400, 20],
      ['audio', 64, 40],
      ['narrow', 20_000, 20],
      ['text', 4000, 20],
      ['wide', 1000, 20],
      ['tiny', 2000, 40],
    ]);
    for (const { runs, failures, conditions } of results) {
      expect(failures).toEqual({});
      expect(conditions).toMatchObject({ commit: expect.any(String), load: expect.any(Number) });
      expect(conditions.versions).toMatch(/DuckDB \d/);
      expect(runs.duckdb[0].seconds).toBeGreaterThan(0);
      expect(runs.duckdb[0].peakBytes).toBeGreaterThan(10e6);
      expect(runs.duckdb[0].files).toBe(64);
    }
    const page = readFileSync(join(docs, 'benchmarks.md'), 'utf8');
    expect(page).toMatch(/\| narrow \| duckdb \| 1 \| \d/);
    expect(page).toMatch(/\| tokens \| transcode \| 1 \| \d/);
    expect(page).toMatch(/\| tiny \| `cp` \| 1 \| \d/);
  }, 240_000);

  it('sees the same rows come out of Riffle, with any number of workers', () => {
    expect(riffleIsBuilt()).toBe(true);
    const docs = join(folder, 'riffle-docs');
    const how = ['--sections', 'workloads', '--workloads', 'tokens,wide', '--scale', '0.002', '--runs', '1', '--keep'];
    const result = bench(...how, '--only', 'riffle,counts,riffle-1,riffle-4,duckdb', '--output', docs);
    expect(result.stderr).toContain('tokens: riffle warm-up');
    expect(result.stderr.match(/output right/g)).toHaveLength(10);
    expect(result.status).toBe(0);
    const page = readFileSync(join(docs, 'benchmarks.md'), 'utf8');
    expect(page).toMatch(/\| wide \| riffle, counts \| 1 \| \d/);
    expect(page).toMatch(/\| wide \| riffle, 4 workers \| 1 \| \d/);
    // Riffle's time over DuckDB's stands in DuckDB's row.
    expect(page).toMatch(/\| tokens \| riffle \| 1 \| [\d.]+ s \| {2}\|/);
    expect(page).toMatch(/\| tokens \| duckdb \| 1 \| [\d.]+ s \| \d+\.\d\d \|/);
    expect(page).toContain('![Bars, by workload');
    expect(existsSync(join(docs, 'benchmarks', 'ratios.svg'))).toBe(true);
    expect(readdirSync(join(folder, 'output', 'wide-riffle')).filter((name) => name.endsWith('.parquet'))).toHaveLength(
      64,
    );
  }, 240_000);

  it('measures strategies and many files', () => {
    const docs = join(folder, 'other-docs');
    const how = ['--scale', '0.001', '--runs', '1', '--output', docs];
    expect(bench(...how, '--sections', 'strategies', '--workloads', 'tokens').status).toBe(0);
    const [{ chosen, runs }] = savedIn(docs, 'strategies');
    expect(chosen).toBe('memory');
    expect(Object.values(runs).map((list) => list.length)).toEqual([1, 1, 1]);
    expect(runs.spill[0].strategy).toBe('spill');
    expect(bench(...how, '--sections', 'scale', '--workloads', 'tiny').status).toBe(0);
    expect(savedIn(docs, 'scale').map(({ name, rows, files, shards }) => [name, rows, files, shards])).toEqual([
      ['10,000 files to 10,000 shards', 500, 10, 10],
      ['plan of 20,000 files', 1000, 20, 64],
    ]);
    const page = readFileSync(join(docs, 'benchmarks.md'), 'utf8');
    expect(page).toMatch(/\| tokens \| 400MB \| \d[^|]+\| \d[^|]+\| \d[^|]+\| memory \| \d\.\d\d \|/);
    expect(page).toMatch(/\| 10,000 files to 10,000 shards \| 500 \| 10, 0 MB \| 10 \| 1,000 MB \| memory \| \d/);
  }, 300_000);

  it('refuses what it does not know', () => {
    const stderrOf = (...args) => {
      const { status, stderr } = bench(...args);
      expect(status).toBe(2);
      return stderr;
    };
    expect(stderrOf('--only', 'riffle,spark')).toContain('--only must list');
    expect(stderrOf('--workloads', 'tokens,broad')).toContain('no workload "broad"');
    expect(stderrOf('--sections', 'all')).toContain('no section "all"');
    expect(stderrOf('--runs', '0')).toContain('--runs must be');
    expect(stderrOf('--speed')).toContain("'--speed'");
  });

  it('goes on after an engine that failed, and says so', () => {
    const docs = join(folder, 'failed-docs');
    const how = ['--sections', 'workloads', '--workloads', 'tokens', '--scale', '0.002', '--runs', '1'];
    const result = bench(...how, '--only', 'riffle,duckdb', '--riffle-args=--memory 1MB', '--output', docs);
    expect(result.status).toBe(0);
    const page = readFileSync(join(docs, 'benchmarks.md'), 'utf8');
    expect(page).toMatch(/\| tokens \| riffle \| 0 \| failed: [^|]+\|/);
    expect(page).toMatch(/\| tokens \| duckdb \| 1 \| \d/);
  }, 120_000);
});

describe('the data', () => {
  it.each(Object.keys(workloads))('of %s is the same rows again, and nothing is made if it is there', async (name) => {
    const first = await makeData(name, join(folder, 'again'), 0.001);
    const content = contentOf(first.glob);
    expect(content.rows).toBe(String(first.rows));
    expect(await makeData(name, join(folder, 'again'), 0.001)).toEqual(first);
    rmSync(join(folder, 'again'), { recursive: true });
    expect(contentOf((await makeData(name, join(folder, 'again'), 0.001)).glob)).toEqual(content);
  });

  it('of wide has sixty columns', async () => {
    const { glob } = await makeData('wide', join(folder, 'again'), 0.001);
    expect(contentOf(glob).columns.split(', ')).toHaveLength(60);
  });
});

describe('the check of an output', () => {
  const dataset = () => makeData('tokens', folder, 0.002);
  const copyOf = async (engine, output) => {
    const { glob } = await dataset();
    const input = contentOf(glob);
    const check = (found, shards) => checkOutput(input, found, shards);
    await runOnce(engine, await dataset(), output, { keep: true, check });
    return input;
  };

  it('sees a shard that stands twice', async () => {
    const output = join(folder, 'wrong');
    const input = await copyOf(duckdb, output);
    const [first, second] = readdirSync(output).toSorted();
    const file = (shard) => join(output, shard, readdirSync(join(output, shard))[0]);
    copyFileSync(file(first), file(second));
    expect(() => checkOutput(input, join(output, duckdb.outputGlob), 64)).toThrow(/is wrong: (rows|sum)/);
  });

  it('sees files that are not the shards of a shuffle, unless any number will do', async () => {
    const output = join(folder, 'floor');
    const input = await copyOf(transcode, output);
    expect(() => checkOutput(input, join(output, transcode.outputGlob), 64)).toThrow('20 files instead of 64');
  });
});
