import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areRequired } from '@riffle/tool-consumers/environments';
import { afterAll, describe, expect, it } from 'vitest';
import { script } from '../src/script-peer.mjs';

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

describe.skipIf(script().whatIsMissing() !== undefined && !areRequired())('the script people have', () => {
  it('gives the right rows, from a cache that is measured and removed', () => {
    const result = bench('--only', 'script', '--runs', '2', '--output', docs('with'));
    expect(result.stderr).toContain('tokens: script warm-up');
    expect(result.status).toBe(0);
    // In two warm-ups, and in the only run on narrow.
    expect(result.stderr.match(/output right/g)).toHaveLength(3);
    expect(result.stderr).not.toContain('narrow: script warm-up');
    const { results, machine, skipped } = JSON.parse(readFileSync(join(docs('with'), 'benchmarks.json'), 'utf8'));
    expect(skipped).toEqual({});
    expect(machine.python).toMatch(/^Python 3\.\d+\.\d+, datasets 5\./);
    expect(results.map(({ workload, runs }) => [workload, runs.script.length])).toEqual([
      ['tokens', 2],
      ['audio', 2],
      ['narrow', 1],
    ]);
    for (const { summary, bytes } of results) {
      // The cache holds every row, decoded.
      expect(summary.script.temporaryBytes.minimum).toBeGreaterThan(bytes / 2);
      expect(summary.script.peakBytes.median).toBeGreaterThan(summary.script.peakAnonymousBytes.median);
      expect(summary.script.files.median).toBe(64);
    }
    expect(pageIn('with')).toMatch(/\| tokens \| script \| 2 \| [\d.]+ s \S+ \|/);
    expect(pageIn('with')).toMatch(/\| narrow \| script \| 1 \| [\d.]+ s \S+ \|/);
    expect(readdirSync(join(folder, 'output'))).toEqual([]);
  }, 300_000);
});

describe('without a Python that has datasets', () => {
  const without = ['--python', join(folder, 'no-python'), '--workloads', 'tokens', '--runs', '1'];

  it('leaves the script out, and says so in the table', () => {
    const result = bench('--only', 'duckdb,script', ...without, '--output', docs('without'));
    expect(result.status).toBe(0);
    expect(result.stdout).toContain('skipped:');
    expect(pageIn('without')).toMatch(/\| tokens \| duckdb \| 1 \|/);
    expect(pageIn('without')).toMatch(
      /\| all \| script \| {2}\| skipped: \S+no-python is no Python that has datasets\. \|/,
    );
  }, 120_000);

  it('refuses to measure the script alone', () => {
    expect(bench('--only', 'script', ...without)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no-python is no Python that has datasets.'),
    });
  });
});
