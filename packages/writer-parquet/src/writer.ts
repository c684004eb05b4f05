import { heldBytes, loadParquetWasm, type WasmModule } from '@riffle/codec-parquet';
import { compressionCodecs, type JsonValue, type Writer } from '@riffle/core';
import type { Schema } from 'apache-arrow';
import { groupLeaves } from './encoding-groups.ts';
import { createScratch } from './scratch.ts';
import { createShardWriter } from './shard-writer.ts';
import { tuneLeaves } from './tune/tune.ts';
import { createTemplate, type Template } from './template.ts';
import { encodingsFrom } from './tuning.ts';
import { estimateHeldBytes } from './memory.ts';

const NAME = 'parquet';

/** The writer of Parquet files. `shared` is what `prepare` returned; without it the codec is compiled on first use. */
export function createParquetWriter(_options?: JsonValue, shared?: unknown): Writer {
  const module = shared as WasmModule | undefined;
  const templates = new WeakMap<Schema, Template>();
  const scratch = createScratch();

  function templateOf(schema: Schema): Template {
    const known = templates.get(schema) ?? createTemplate(loadParquetWasm(module), schema);
    templates.set(schema, known);
    return known;
  }

  return {
    specificationVersion: 'v1',
    role: 'writer',
    name: NAME,
    capabilities: Object.freeze({ compression: compressionCodecs, partitions: true }),
    extension: '.parquet',
    async create(target, { schema, compression, rowGroupBytes, tuning }, options) {
      const wasm = loadParquetWasm(module);
      const template = templateOf(schema);
      const groups = groupLeaves(wasm, template, encodingsFrom(tuning, template), compression);
      return createShardWriter(wasm, target, template, groups, rowGroupBytes, scratch, options);
    },
    async tune(samples, tuningOptions) {
      return tuneLeaves(loadParquetWasm(module), templateOf(tuningOptions.schema), samples, tuningOptions);
    },
    estimateHeldBytes,
    heldBytes,
  };
}
