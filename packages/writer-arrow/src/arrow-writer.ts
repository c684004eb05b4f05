import { RiffleError, type JsonValue, type ShardWriter, type Writer } from '@riffle/core';
import type { RecordBatch, Schema } from 'apache-arrow';
import { codecOf, compressMessage } from './compress-message.ts';
import { folderFiles } from './folder-files.ts';
import { encodeBatch, encodeStart, END } from './messages.ts';
import { refuseTypes } from './refuse-types.ts';

const NAME = 'arrow';

const capabilities = Object.freeze({ compression: Object.freeze(['none', 'lz4', 'zstd'] as const), partitions: true });

const columnsOf = ({ fields }: Schema) => fields.map(({ name, type }) => `${name}: ${String(type)}`).join(', ');

/**
 * A writer of Arrow IPC streams, each batch as it comes, and of the two files beside them with which `load_from_disk` of Hugging Face `datasets` opens the
 * folder. It has no options. Buffers may be compressed, each by itself; `datasets` maps files into memory, and has no use of that with those that are.
 *
 * @throws RiffleError `PLUGIN_INVALID` if options are given.
 */
export function createArrowWriter(options?: JsonValue): Writer {
  if (options !== undefined && options !== null && Object.keys(options).length > 0)
    throw new RiffleError('PLUGIN_INVALID', 'The Arrow writer has no options; remove them from the recipe.', {
      plugin: NAME,
    });
  return {
    specificationVersion: 'v1',
    role: 'writer',
    name: NAME,
    capabilities,
    extension: '.arrow',
    create: async (target, { schema, compression }, operation = {}): Promise<ShardWriter> => {
      operation.signal?.throwIfAborted();
      if (!capabilities.compression.some((known) => known === compression))
        throw new RiffleError(
          'RECIPE_INVALID',
          `Arrow files are compressed by lz4 or zstd, and ${compression} was asked for. Give --compression none, lz4 or zstd.`,
          { compression },
        );
      const codec = codecOf(compression);
      refuseTypes(schema);
      const columns = columnsOf(schema);
      const start = encodeStart(schema);
      let state: 'new' | 'begun' | 'ended' = 'new';
      let rows = 0;
      const begin = async () => {
        if (state === 'ended') throw new RiffleError('INTERNAL', 'The shard was closed or aborted before.');
        if (state === 'new') await target.write(start);
        state = 'begun';
      };
      return {
        async write(batch: RecordBatch) {
          operation.signal?.throwIfAborted();
          if (columnsOf(batch.schema) !== columns)
            throw new RiffleError(
              'INTERNAL',
              `A batch has the columns ${columnsOf(batch.schema)}, and the shard ${columns}.`,
            );
          await begin();
          if (batch.numRows > 0) {
            const message = encodeBatch(schema, batch, start.length);
            await target.write(codec === undefined ? message : await compressMessage(message, codec));
          }
          rows += batch.numRows;
        },
        async close() {
          await begin();
          await target.write(END);
          state = 'ended';
          return { rows };
        },
        async abort() {
          state = 'ended';
        },
      };
    },
    finalize: async (shards, { schema }) => folderFiles(shards, schema),
    // A batch as it is fed, and as bytes.
    estimateHeldBytes: ({ rowGroupBytes }) => 2 * rowGroupBytes,
  };
}
