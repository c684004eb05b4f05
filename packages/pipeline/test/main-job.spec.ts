import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDB, rowsPerFile, sameMultiset } from '@riffle/testkit';
import type { Report, RiffleEvent } from '@riffle/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestDigest } from '../src/publishing/make-manifest.ts';
import { doJob, eventsOf, verifyResult } from './support/job.ts';
import { makeMixedDataset, type MixedDataset } from './support/mixed-dataset.ts';
import {
  columnOfResult,
  evenShards,
  everythingIn,
  expectedSources,
  readLog,
  readManifest,
  shardsOnDisk,
} from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const output = join(folder, 'out');
const shards = 7;
let duckdb: DuckDBConnection;
let data: MixedDataset;
let report: Report;
let events: readonly RiffleEvent[];

beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeMixedDataset(join(folder, 'in'), duckdb);
  ({ report, events } = await doJob({ collections: [...data.collections], output, shards, workers: 2 }));
}, 60_000);
afterAll(() => duckdb.closeSync());

describe('the main job: four collections in every layout, in one global shuffle', () => {
  it('has every row of every collection once', async () => {
    expect(await sameMultiset(duckdb, data.files, join(output, '*.parquet'))).toMatchObject({
      same: true,
      leftRows: data.rows,
      rightRows: data.rows,
    });
  });

  it('puts each row exactly where perm-v1 says', async () => {
    expect(await columnOfResult(duckdb, output, 'row')).toEqual(expectedSources(data.rows));
  });

  it('deals the rows evenly, differing by at most one', async () => {
    const found = await rowsPerFile(duckdb, join(output, '*.parquet'));
    expect(found.map(({ file, rows }) => ({ file: file.slice(output.length + 1), rows }))).toEqual(
      evenShards(data.rows, shards),
    );
    expect(data.rows % shards).not.toBe(0);
  });

  it('leaves the shards, the manifest and the log, and nothing else', () => {
    const names = evenShards(data.rows, shards).map(({ file }) => file);
    expect(everythingIn(output)).toEqual([
      '.riffle/',
      '.riffle/log.jsonl',
      '.riffle/manifest.json',
      '.riffle/report.html',
      ...names,
    ]);
  });

  it('returns the report of the design', () => {
    expect(report).toEqual({
      ok: true,
      rows: data.rows,
      shards: shardsOnDisk(output, report),
      collections: [
        { name: 'tts', loaded: 3, missing: 0, failed: 0, empty: 0, salvaged: 0, rows: 561 },
        { name: 'plain files', loaded: 3, missing: 0, failed: 0, empty: 0, salvaged: 0, rows: 561 },
        { name: 'deep', loaded: 2, missing: 0, failed: 0, empty: 0, salvaged: 0, rows: 561 },
        { name: 'single', loaded: 1, missing: 0, failed: 0, empty: 0, salvaged: 0, rows: 150 },
      ],
      lost: [],
      losses: [],
      warnings: [],
      peakMemoryBytes: expect.any(Number),
      strategy: 'memory',
      seconds: expect.any(Number),
    });
    expect(report.shards.map(({ file, rows }) => ({ file, rows }))).toEqual(evenShards(data.rows, shards));
    expect(report.seconds).toBeGreaterThan(0);
    expect(report.peakMemoryBytes).toBeGreaterThan(50e6);
  });

  it('proves itself by a manifest that names no path, time or host in its digested part', () => {
    const manifest = readManifest(output);
    expect(manifest.digest).toBe(manifestDigest(manifest));
    expect(manifest.plan).toMatchObject({
      rows: data.rows,
      shards,
      seed: '42',
      shuffler: 'perm-v1',
      writer: 'parquet',
      compression: 'zstd',
      profile: 'balanced',
      collections: data.collections.map(({ name }) => ({ name })),
    });
    expect(manifest.receipt.outputs.map(({ fingerprint: _fingerprint, ...shard }) => shard)).toEqual(report.shards);
    expect(manifest.receipt.collections).toEqual(report.collections);
    expect(manifest.receipt.inputs.map(({ collection, path, rows }) => [collection, path, rows])).toEqual([
      ['tts', '00000', 150],
      ['tts', '00001', 187],
      ['tts', '00002', 224],
      ['plain files', 'part-0.parquet', 150],
      ['plain files', 'part-1.parquet', 187],
      ['plain files', 'part-2.parquet', 224],
      ['deep', '2024/b/00000', 337],
      ['deep', '2024/b/00001/a', 224],
      ['single', 'only.parquet', 150],
    ]);
    expect(JSON.stringify([manifest.plan, manifest.receipt])).not.toContain(folder);
  });

  it('has fingerprints that add up: over inputs, over outputs, and the total', () => {
    const { inputs, outputs, fingerprint } = readManifest(output).receipt;
    const sum = (parts: readonly { readonly fingerprint: string }[]) =>
      (parts.reduce((total, part) => total + BigInt(`0x${part.fingerprint}`), 0n) % (1n << 128n))
        .toString(16)
        .padStart(32, '0');
    expect([sum(inputs), sum(outputs)]).toEqual([fingerprint, fingerprint]);
    expect(new Set(outputs.map((shard) => shard.fingerprint)).size).toBe(shards);
  });

  it('tells the stages in order and that all shards are valid', () => {
    expect(eventsOf(events, 'stage-finished').map(({ stage }) => stage)).toEqual([
      'survey',
      'plan',
      'scatter',
      'gather',
      'publish',
    ]);
    expect(eventsOf(events, 'verified')).toEqual([
      { type: 'verified', valid: shards, empty: 0, missing: 0, different: 0 },
    ]);
    expect(events.at(-1)).toEqual({ type: 'published', output, report });
    const progress = eventsOf(events, 'progress');
    for (const stage of ['scatter', 'gather'])
      expect(progress.findLast((event) => event.stage === stage)).toMatchObject({ rows: data.rows, ofRows: data.rows });
  });

  it('keeps everything it told in the log', () => {
    const log = readLog(output);
    expect(log.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
    expect(log[0]).toMatchObject({ type: 'configured', recipe: { shards, seed: '42' }, workers: 2, memory: 1e9 });
    expect(readFileSync(join(output, '.riffle/log.jsonl'), 'utf8')).not.toContain('"survey":{');
  });

  it('can be verified from the folder alone', async () => {
    expect(await verifyResult(output)).toEqual({ ok: true, shards, rows: data.rows, findings: [] });
  });
});
