import { schemaToBytes } from '@riffle/columnar';
import type { LostShard, Manifest, TimelineSample } from '@riffle/core';
import { Field, Int32, Int64, List, Schema, Utf8 } from 'apache-arrow';

/** How large the made result is, and what stands where data could put text. */
export interface ManifestSizes {
  readonly shards?: number;
  readonly collections?: number;
  readonly columns?: number;
  readonly lost?: number;
  readonly warnings?: number;
  readonly spilled?: boolean;
  /** Part of every name, path, reason and warning. */
  readonly text?: string;
}

const rowsPerShard = 1000;

function makeSample(index: number, spilled: boolean): TimelineSample {
  return {
    seconds: 1 + index * 0.1,
    stage: index < 40 ? 'scatter' : 'gather',
    rows: (index % 40) * 25_000,
    bytes: (index % 40) * 9e6,
    memoryBytes: 2e8 + 1e8 * Math.sin(index / 9),
    spilledBytes: spilled ? Math.max(0, 40 - Math.abs(index - 40)) * 2e7 : 0,
    residentBytes: 5e8 + index * 1e6,
  };
}

/** A manifest as a run writes it, made up. */
export function makeManifest({
  shards = 24,
  collections = 5,
  columns = 4,
  lost = 0,
  warnings = 0,
  spilled = false,
  text = '',
}: ManifestSizes = {}): Manifest {
  const names = Array.from({ length: collections }, (_, index) => `collection-${index}${text}`);
  const rows = shards * rowsPerShard;
  const schema = new Schema(
    Array.from({ length: columns }, (_, index) =>
      Field.new({
        name: `column ${index}${text}`,
        type: [new Utf8(), new Int64(), new List(Field.new({ name: 'item', type: new Int32(), nullable: true }))][
          index % 3
        ]!,
        nullable: true,
      }),
    ),
    new Map([['note', text]]),
  );
  const losses = Array.from({ length: lost }, (_, index): LostShard => ({
    collection: names[index % collections]!,
    path: `part-${index}${text}`,
    status: index % 3 === 0 ? 'missing' : 'failed',
    code: index % 3 === 0 ? 'MISSING' : 'BAD_CONTENT',
    kind: (['missing', 'truncated', 'checksum'] as const)[index % 3]!,
    reason: `It cannot be read${text}.`,
    ...(index % 2 === 0 ? { rows: 500 } : {}),
  }));
  const lostOf = (name: string, status: string) =>
    losses.filter((loss) => loss.collection === name && loss.status === status).length;
  return {
    format: 'riffle-manifest-v1',
    riffleVersion: '0.0.0',
    digest: 'd'.repeat(64),
    plan: {
      seed: `42${text}`,
      shuffler: 'perm-v1',
      rows,
      shards,
      reader: 'parquet',
      writer: 'parquet',
      compression: 'zstd',
      rowGroupBytes: 2 ** 26,
      profile: 'balanced',
      schema: 'widen',
      columns: {},
      treaty: Buffer.from(schemaToBytes(schema)).toString('base64'),
      tuning: {},
      collections: names.map((name) => ({ name })),
    },
    receipt: {
      inputs: names.map((collection, index) => ({
        collection,
        path: `00000${text}`,
        rows: 10 * (index + 1),
        fingerprint: 'f'.repeat(32),
        files: [{ path: `00000/data${text}.parquet`, bytes: 1e6, rows: 10 * (index + 1) }],
      })),
      outputs: Array.from({ length: shards }, (_, index) => ({
        file: `${String(index).padStart(5, '0')}.parquet`,
        rows: rowsPerShard,
        bytes: 1_000_000 + ((index * 7919) % 90_000),
        sha256: 'a'.repeat(64),
        fingerprint: 'f'.repeat(32),
      })),
      collections: names.map((name, index) => ({
        name,
        loaded: index + 1,
        missing: lostOf(name, 'missing'),
        failed: lostOf(name, 'failed'),
        empty: 0,
        salvaged: 0,
        rows: Math.floor((2 * rows * (index + 1)) / (collections * (collections + 1))),
      })),
      lost: losses,
      fingerprint: 'f'.repeat(32),
    },
    run: {
      startedAt: '2026-11-23T05:00:00.000Z',
      finishedAt: '2026-11-23T05:00:09.000Z',
      seconds: 9.5,
      host: `machine${text}`,
      node: 'v20.20.2',
      workers: 2,
      memory: 4e8,
      strategy: spilled ? 'spill' : 'memory',
      peakMemoryBytes: 6e8,
      timeline: {
        stages: [
          { stage: 'survey', from: 0, to: 0.6, rows: 0, bytes: 0 },
          { stage: 'plan', from: 0.6, to: 1, rows: 0, bytes: 0 },
          { stage: 'scatter', from: 1, to: 5, rows: 1e6, bytes: 3.6e8 },
          { stage: 'gather', from: 5, to: 9.2, rows: 1e6, bytes: 3e8 },
          { stage: 'publish', from: 9.2, to: 9.2, rows: 0, bytes: 0 },
        ],
        samples: Array.from({ length: 80 }, (_, index) => makeSample(index, spilled)),
      },
      planned: {
        inputBytes: 5e6,
        decodedBytes: 3.6e8,
        outputBytes: 2.5e7,
        spillBytes: spilled ? 8e8 : 0,
        memoryBytes: 3.5e8,
        reason: `the data fits beside the workers${text}`,
        verify: 'full',
      },
      columns: schema.fields.map(({ name, type }, index) => ({
        name,
        type: String(type),
        ...(index === 1 ? { feature: `ClassLabel(3 names)${text}` } : {}),
        sources: [
          {
            collections: names.slice(0, 5),
            ofCollections: Math.max(1, collections - 1),
            type: 'string',
            conversion: 'kept',
            risk: 'none' as const,
          },
          {
            collections: names.slice(-1),
            ofCollections: 1,
            name: `old${text}`,
            type: 'int32',
            conversion: `int32 to int64${text}`,
            risk: 'checked' as const,
          },
        ],
      })),
      warnings: Array.from({ length: warnings }, (_, index) => `Warning ${index}${text}`),
      job: 'b'.repeat(64),
      inputs: names.map((name) => ({ name, location: `/data/${name}` })),
    },
  };
}
