import { Table, tableToIPC } from 'apache-arrow';

const columnsOf = ({ fields }) => fields.map(({ name, type }) => `${name}: ${String(type)}`).join(', ');

async function create(target, { schema }, options) {
  const columns = columnsOf(schema);
  let rows = 0;
  return {
    async write(batch) {
      options?.signal?.throwIfAborted();
      if (columnsOf(batch.schema) !== columns)
        throw new TypeError(`The batch has the columns ${columnsOf(batch.schema)}, the shard ${columns}.`);
      const stream = tableToIPC(new Table([batch]), 'stream');
      const head = Buffer.alloc(8);
      head.writeUInt32LE(stream.length, 0);
      head.writeUInt32LE(batch.numRows, 4);
      await target.write(Buffer.concat([head, stream]));
      rows += batch.numRows;
    },
    async close() {
      return { rows };
    },
    async abort() {},
  };
}

export default function createWriter() {
  return {
    specificationVersion: 'v1',
    role: 'writer',
    name: 'framed',
    capabilities: Object.freeze({ compression: Object.freeze(['none']) }),
    extension: '.framed',
    create,
  };
}
