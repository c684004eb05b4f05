import {
  RiffleError,
  type JsonValue,
  type OperationOptions,
  type ShardTarget,
  type ShardWriter,
  type Writer,
} from '@riffle/core';
import type { RecordBatch, Schema } from 'apache-arrow';
import { encodeRows } from './encode-rows.ts';
import { indexFile } from './index-file.ts';
import { NAME, parseOptions } from './options.ts';
import { planColumns, type ColumnPlan } from './plan-columns.ts';
import { configBytes, headBytes, shardHead } from './shard-config.ts';

const capabilities = Object.freeze({ compression: Object.freeze(['none'] as const) });

/** Places in a shard are numbers of 32 bits. */
const largestShard = 2 ** 32 - 1;

const columnsOf = ({ fields }: Schema) => fields.map(({ name, type }) => `${name}: ${String(type)}`).join(', ');

function refuseSize(bytes: number): void {
  if (bytes > largestShard)
    throw new RiffleError(
      'RECIPE_INVALID',
      'A shard of MDS has at most 4 GiB, since places in it are numbers of 32 bits, and this one has more. Ask for more shards (--shards).',
      { bytes },
    );
}

function createShardWriter(
  target: ShardTarget,
  schema: Schema,
  plan: readonly ColumnPlan[],
  { signal }: OperationOptions,
): ShardWriter {
  const columns = columnsOf(schema);
  const config = configBytes(plan);
  let isOver = false;
  let rows = 0;
  let dataBytes = 0;
  // A shard begins with the places of all its rows, so it waits here until the last one is known.
  let waiting: Uint8Array[] = [];
  let lengths: Uint32Array[] = [];

  function refuseOver(): void {
    signal?.throwIfAborted();
    if (isOver) throw new RiffleError('INTERNAL', 'The shard was closed or aborted before.');
  }

  return {
    async write(batch: RecordBatch) {
      refuseOver();
      if (columnsOf(batch.schema) !== columns)
        throw new RiffleError(
          'INTERNAL',
          `A batch has the columns ${columnsOf(batch.schema)}, and the shard ${columns}.`,
        );
      if (batch.numRows === 0) return;
      const before = headBytes(config, rows + batch.numRows) + dataBytes;
      const encoded = encodeRows(plan, batch, rows, (bytes) => refuseSize(before + bytes));
      waiting.push(encoded.bytes);
      lengths.push(encoded.lengths);
      dataBytes += encoded.bytes.length;
      rows += batch.numRows;
    },
    async close() {
      refuseOver();
      await target.write(shardHead(config, rows, lengths));
      lengths = [];
      for (let piece = waiting.shift(); piece !== undefined && !isOver; piece = waiting.shift())
        await target.write(piece);
      isOver = true;
      return { rows };
    },
    async abort() {
      isOver = true;
      waiting = [];
      lengths = [];
    },
  };
}

/**
 * A writer of MDS shards, and of the `index.json` with which MosaicML Streaming opens their folder. How values are written stands in the README; what it reads
 * back gives is the same to the bit.
 *
 * A shard is held in memory until it is complete: the format begins with the places of all rows.
 *
 * @throws RiffleError `PLUGIN_INVALID` for options that do not fit.
 */
export function createMdsWriter(options?: JsonValue): Writer {
  const { json } = parseOptions(options);
  return {
    specificationVersion: 'v1',
    role: 'writer',
    name: NAME,
    capabilities,
    extension: '.mds',
    async create(target, { schema, compression }, operation = {}) {
      operation.signal?.throwIfAborted();
      if (compression !== 'none')
        throw new RiffleError(
          'RECIPE_INVALID',
          `MDS is written without compression, and ${compression} was asked for. Give --compression none.`,
          { compression },
        );
      return createShardWriter(target, schema, planColumns(schema, json), operation);
    },
    finalize: async (shards, { schema }) => [indexFile(shards, planColumns(schema, json))],
    // The shard, which takes about as much as its Arrow data, in pieces that are cut to measure, and one batch beside it.
    estimateHeldBytes: ({ rowGroupBytes, shardBytes = rowGroupBytes }) => Math.ceil(1.25 * shardBytes) + 2 ** 24,
  };
}
