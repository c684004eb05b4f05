import { findUnspelled, structText } from '@riffle/codec-text';
import {
  RiffleError,
  type JsonValue,
  type OperationOptions,
  type PluginContext,
  type ShardTarget,
  type ShardWriter,
  type Writer,
} from '@riffle/core';
import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { createLineSink, type LineSink } from './line-sink.ts';
import { checkOptions, lineCodecs, NAME, type LineCodec } from './options.ts';

/** Characters of text that are gathered before they are encoded, compressed and written. */
const flushCharacters = 2 ** 20;

const endings = { none: '.jsonl', gzip: '.jsonl.gz', zstd: '.jsonl.zst' } as const;
const capabilities = Object.freeze({ compression: lineCodecs, partitions: true });

const asLineCodec = (codec: string | undefined): LineCodec | undefined => lineCodecs.find((known) => known === codec);

const columnsOf = ({ fields }: Schema) => fields.map(({ name, type }) => `${name}: ${String(type)}`).join(', ');

function createShardWriter(
  target: ShardTarget,
  schema: Schema,
  sink: LineSink,
  { signal }: OperationOptions,
): ShardWriter {
  const columns = columnsOf(schema);
  let isOver = false;
  let rows = 0;
  let text = '';

  async function send(pieces: readonly Uint8Array[]): Promise<void> {
    for (const piece of pieces) if (piece.length > 0 && !isOver) await target.write(piece);
  }

  async function flush(): Promise<void> {
    const bytes = Buffer.from(text);
    text = '';
    if (bytes.length > 0) await send(await sink.write(bytes));
  }

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
      const rowText = structText(schema.fields, batch.data.children as readonly Data[], '');
      for (let row = 0; row < batch.numRows; row++) {
        text += `${rowText(row)}\n`;
        if (text.length >= flushCharacters) await flush();
      }
      rows += batch.numRows;
    },
    async flush() {
      refuseOver();
      await flush();
    },
    async close() {
      refuseOver();
      await flush();
      await send(await sink.end());
      isOver = true;
      sink.free();
      return { rows };
    },
    async abort() {
      isOver = true;
      text = '';
      sink.free();
    },
  };
}

/**
 * A writer of JSON lines: one JSON object a line, with a member for each column in the schema's order, in UTF-8.
 * How values are spelled stands in the README; what it reads back gives is the same to the bit.
 *
 * @param context With the compression of the job, which decides the ending of its files: `.jsonl`, `.jsonl.gz` or `.jsonl.zst`. Without it the ending is `.jsonl`.
 * @throws RiffleError `PLUGIN_INVALID` for options that do not fit.
 */
export function createJsonlWriter(options?: JsonValue, _shared?: unknown, context: PluginContext = {}): Writer {
  checkOptions(options);
  return {
    specificationVersion: 'v1',
    role: 'writer',
    name: NAME,
    capabilities,
    extension: endings[asLineCodec(context.compression) ?? 'none'],
    async create(target, { schema, compression }, operation = {}) {
      operation.signal?.throwIfAborted();
      const codec = asLineCodec(compression);
      if (codec === undefined)
        throw new RiffleError(
          'RECIPE_INVALID',
          `JSON lines are compressed with gzip or zstd or not at all, and ${compression} was asked for. Give --compression none, gzip or zstd.`,
          { compression },
        );
      const unspelled = findUnspelled(schema);
      if (unspelled !== undefined)
        throw new RiffleError('UNSUPPORTED_CONTENT', unspelled.reason, { column: unspelled.column });
      return createShardWriter(target, schema, await createLineSink(codec), operation);
    },
    // Text of about a megabyte as a string and as bytes, and what compresses it.
    estimateHeldBytes: () => 2 ** 24,
  };
}
