import { arrowBytes } from '@riffle/columnar';
import { RiffleError } from '@riffle/core';
import { Table, tableToIPC } from 'apache-arrow';

const columnsOf = ({ fields }) => fields.map(({ name, type }) => `${name}: ${String(type)}`).join(', ');

export const optionsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    frameBytes: {
      type: 'integer',
      minimum: 1,
      default: 1_048_576,
      description: 'Arrow data of a frame, in bytes, about.',
    },
  },
};

function frameBytesOf(options) {
  const frameBytes = options?.frameBytes ?? optionsSchema.properties.frameBytes.default;
  if (!Number.isInteger(frameBytes) || frameBytes < 1)
    throw new RiffleError(
      'PLUGIN_INVALID',
      'The option frameBytes of the framed writer must be a whole number above 0.',
    );
  return frameBytes;
}

/** As a file of a frame: how long its stream is, how many rows it has, and the Arrow IPC stream. */
function frameOf(batch) {
  const stream = tableToIPC(new Table([batch]), 'stream');
  const head = Buffer.alloc(8);
  head.writeUInt32LE(stream.length, 0);
  head.writeUInt32LE(batch.numRows, 4);
  return Buffer.concat([head, stream]);
}

export default function createWriter(options) {
  const frameBytes = frameBytesOf(options);
  return {
    specificationVersion: 'v1',
    role: 'writer',
    name: 'framed',
    capabilities: Object.freeze({ compression: Object.freeze(['none']) }),
    extension: '.framed',

    async tune(samples) {
      const rows = samples.reduce((sum, { batch }) => sum + batch.numRows, 0);
      const bytes = samples.reduce((sum, { batch }) => sum + arrowBytes(batch), 0);
      return { frameRows: Math.max(1, Math.floor((frameBytes * rows) / Math.max(1, bytes))) };
    },

    async create(target, { schema, tuning, place }, { signal } = {}) {
      const columns = columnsOf(schema);
      const frameRows = tuning?.frameRows ?? 1000;
      let rows = 0;
      return {
        async write(batch) {
          signal?.throwIfAborted();
          if (columnsOf(batch.schema) !== columns)
            throw new TypeError(`The batch has the columns ${columnsOf(batch.schema)}, the shard ${columns}.`);
          for (let row = 0; row < batch.numRows; row += frameRows)
            await target.write(frameOf(batch.slice(row, Math.min(row + frameRows, batch.numRows))));
          rows += batch.numRows;
        },
        async close() {
          if (place !== undefined && rows !== place.rows)
            throw new RiffleError('INTERNAL', `Shard ${place.shard} was to have ${place.rows} rows and got ${rows}.`);
          return { rows };
        },
        async abort() {},
      };
    },

    async finalize(shards) {
      const files = shards.map(({ file, rows, bytes, sha256 }) => ({ file, rows, bytes, sha256 }));
      return [{ file: 'index.json', bytes: Buffer.from(JSON.stringify({ shards: files })) }];
    },

    estimateHeldBytes: () => 3 * frameBytes,
  };
}
