import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areRequired } from '@riffle/tool-consumers/environments';
import { afterAll, describe, expect, it } from 'vitest';
import { polars } from '../src/engines/polars.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const docs = (name) => join(folder, name);
const bench = (...args) =>
  spawnSync(
    process.execPath,
    [fileURLToPath(new URL('../bench.mjs', import.meta.url)), '--scale', '0.002', '--data', folder, ...args],
    { encoding: 'utf8' },
  );
const pageIn = (name) => readFileSync(join(docs(name), 'benchmarks.md'), 'utf8');
const resultsIn = (name) => JSON.parse(readFileSync(join(docs(name), 'benchmarks', 'workloads.json'), 'utf8')).results;

describe.skipIf(polars().whatIsMissing() !== undefined && !areRequired())('the peers in Python', () => {
  it('give the right rows of every kind of column and of files without folders', () => {
    const result = bench('--sections', 'workloads', '--only', 'script,polars', '--runs', '1', '--output', docs('with'));
    expect(result.stderr).toContain('tokens: script warm-up');
    expect(result.status).toBe(0);
    // Of Polars in six warm-ups; of the script in two, and in the only run on the others.
    expect(result.stderr.match(/polars warm-up [\d.]+ s, output right/g)).toHaveLength(6);
    expect(result.stderr.match(/script( warm-up)? [\d.]+ s, output right/g)).toHaveLength(6);
    expect(result.stderr).not.toContain('narrow: script warm-up');
    const results = resultsIn('with');
    expect(results[0].conditions.versions).toMatch(/Python 3\.\d+\.\d+, datasets 5\..*polars 2\./);
    expect(results.map(({ name, runs }) => [name, runs.script.length, runs.polars.length])).toEqual([
      ['tokens', 1, 1],
      ['audio', 1, 1],
      ['narrow', 1, 1],
      ['text', 1, 1],
      ['wide', 1, 1],
      ['tiny', 1, 1],
    ]);
    for (const { runs, bytes, failures } of results) {
      expect(failures).toEqual({});
      // The cache of `datasets` holds every row, decoded; Polars holds them in memory.
      expect(runs.script[0].temporaryBytes).toBeGreaterThan(bytes / 2);
      expect(runs.script[0].peakBytes).toBeGreaterThan(runs.script[0].peakAnonymousBytes);
      for (const engine of ['script', 'polars']) expect(runs[engine][0].files).toBe(64);
    }
    expect(pageIn('with')).toMatch(/\| tokens \| script \| 1 \| [\d.]+ s \| {2}\|/);
    expect(pageIn('with')).toMatch(/\| wide \| polars \| 1 \| [\d.]+ s \| {2}\|/);
    expect(readdirSync(join(folder, 'output'))).toEqual([]);
  }, 300_000);
});

describe('without a Python that has what they need', () => {
  it('leaves them out, and says so in the table', () => {
    const without = ['--python', join(folder, 'no-python'), '--workloads', 'tokens', '--runs', '1'];
    const result = bench('--only', 'duckdb,script,polars', ...without, '--output', docs('without'));
    expect(result.status).toBe(0);
    expect(pageIn('without')).toMatch(/\| tokens \| duckdb \| 1 \|/);
    expect(pageIn('without')).toMatch(/\| tokens \| script \| 0 \| \S+no-python is no Python that has datasets\. \|/);
    expect(pageIn('without')).toMatch(/\| tokens \| polars \| 0 \| \S+no-python is no Python that has polars\. \|/);
  }, 120_000);
});
