import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { createFingerprintSums, fingerprintHex, type FingerprintSums } from '@riffle/columnar';
import type { IndexReceipt, JsonValue, Manifest, Timeline } from '@riffle/core';
import type { Planned } from '../planning/plan-stage.ts';
import type { WrittenShard } from '../moving/open-shard.ts';
import { allLost, collectionReports } from '../survey/collection-reports.ts';
import { canonicalJson } from '@riffle/core';
import { convertedColumns } from './converted-columns.ts';
import { riffleVersion } from './riffle-version.ts';

/** sha256 over what must not differ between two runs of the same job. */
export function manifestDigest({ plan, receipt }: Pick<Manifest, 'plan' | 'receipt'>): string {
  return createHash('sha256').update(canonicalJson({ plan, receipt })).digest('hex');
}

function totalOf(words: Uint32Array): Uint32Array {
  const total = createFingerprintSums(1);
  for (let index = 0; index < words.length / 4; index++) total.add(0, words, index);
  return total.words();
}

export interface ManifestParts {
  readonly planned: Planned;
  readonly tuning: JsonValue;
  readonly outputs: FingerprintSums;
  /** By input shard number. */
  readonly inputs: ReadonlyMap<number, Uint32Array>;
  readonly shards: readonly WrittenShard[];
  readonly reader: string;
  /** Those of the recipe that have options. */
  readonly readers: NonNullable<Manifest['plan']['readers']>;
  readonly writer: string;
  /** Name of the layout, if there is one. */
  readonly layout: string | undefined;
  readonly startedAt: Date;
  readonly warnings: readonly string[];
  readonly timeline: Timeline;
  readonly peakMemoryBytes: number;
  /** Digest of the job's identity. */
  readonly job: string;
  readonly index: readonly IndexReceipt[];
  /** By collection. */
  readonly locations: NonNullable<Manifest['run']['inputs']>;
}

/** The proof of a job as data. `plan` and `receipt` hold no time, host or absolute path. */
export function makeManifest(parts: ManifestParts): Manifest {
  const { planned, inputs, shards, startedAt } = parts;
  const { plan: decided } = planned;
  const { recipe, survey, memory } = decided;
  const outputWords = parts.outputs.words();
  let shardNumber = 0;
  const plan: Manifest['plan'] = {
    seed: decided.seed,
    shuffler: decided.shuffler,
    rows: decided.rows,
    shards: decided.shards,
    reader: parts.reader,
    ...(parts.readers.length === 0 ? {} : { readers: parts.readers }),
    writer: parts.writer,
    ...(parts.layout === undefined ? {} : { layout: parts.layout }),
    ...(planned.partitioning === undefined ? {} : { partitionBy: planned.partitioning.by }),
    compression: recipe.compression,
    rowGroupBytes: recipe.rowGroupBytes,
    profile: recipe.profile,
    schema: recipe.schema,
    columns: recipe.columns,
    treaty: Buffer.from(decided.treaty).toString('base64'),
    tuning: parts.tuning,
    collections: recipe.collections.map(({ name }) => ({ name })),
  };
  const receipt: Manifest['receipt'] = {
    inputs: survey.collections.flatMap((collection) =>
      collection.shards.map((shard) => ({
        collection: collection.name,
        path: shard.path,
        rows: shard.rows,
        fingerprint: fingerprintHex(inputs.get(shardNumber++) ?? new Uint32Array(4)),
        files: shard.files.map(({ path, size, rows }) => ({ path, bytes: size, rows })),
      })),
    ),
    outputs: shards.map(({ shard, file, partition, rows, bytes, sha256, fingerprint }) => ({
      file,
      ...(partition === undefined ? {} : { shard, partition }),
      rows,
      bytes,
      sha256,
      fingerprint: fingerprint ?? fingerprintHex(outputWords, shard),
    })),
    ...(parts.index.length === 0 ? {} : { index: parts.index }),
    collections: collectionReports(survey),
    lost: allLost(survey),
    fingerprint: fingerprintHex(totalOf(outputWords)),
  };
  const finishedAt = new Date();
  return {
    format: 'riffle-manifest-v1',
    riffleVersion,
    digest: manifestDigest({ plan, receipt }),
    plan,
    receipt,
    run: {
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
      seconds: (finishedAt.getTime() - startedAt.getTime()) / 1000,
      host: hostname(),
      node: process.version,
      workers: memory.workers,
      memory: memory.budget,
      strategy: memory.strategy,
      peakMemoryBytes: parts.peakMemoryBytes,
      timeline: parts.timeline,
      planned: {
        inputBytes: decided.inputBytes,
        decodedBytes: decided.estimatedDecodedBytes,
        outputBytes: decided.estimatedOutputBytes,
        spillBytes: memory.estimatedSpillBytes,
        memoryBytes: memory.estimatedPeakBytes,
        reason: memory.reason,
        verify: recipe.verify,
      },
      columns: convertedColumns(decided.columns),
      warnings: parts.warnings,
      job: parts.job,
      inputs: parts.locations,
    },
  };
}
