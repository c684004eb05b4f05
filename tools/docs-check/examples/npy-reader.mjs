import { schemaToBytes } from '@riffle/columnar';
import { RiffleError } from '@riffle/core';
import { Field, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import { isNumpy, MAGIC, readHeader } from './npy-header.mjs';

/** Rows of one fragment. Fragments are what workers share out among them. */
const FRAGMENT_ROWS = 65_536;

export default function createReader(options) {
  const column = options?.column ?? 'value';
  if (typeof column !== 'string') throw new RiffleError('PLUGIN_INVALID', 'The option column must be a text.');
  const schemaOf = ({ type }) => new Schema([new Field(column, type, false)]);

  async function survey(file, operation) {
    operation?.signal?.throwIfAborted();
    const header = await readHeader(file, operation);
    const { rows, width, name } = header;
    const fragments = Array.from({ length: Math.ceil(rows / FRAGMENT_ROWS) }, (_, index) => {
      const count = Math.min(FRAGMENT_ROWS, rows - index * FRAGMENT_ROWS);
      return { rows: count, bytes: count * width, decodedBytes: count * width };
    });
    const columns = [{ path: [column], encodings: ['PLAIN'], codec: 'UNCOMPRESSED', bytes: rows * width }];
    const warnings = name === '|b1' ? ['Booleans are read as the numbers 0 and 1.'] : [];
    return { rows, fragments, schema: schemaToBytes(schemaOf(header)), columns, warnings };
  }

  async function* read(file, fragment, { targetBatchBytes, signal }) {
    signal?.throwIfAborted();
    const header = await readHeader(file, { signal });
    const schema = schemaOf(header);
    const end = Math.min(header.rows, (fragment + 1) * FRAGMENT_ROWS);
    const step = Math.max(1, Math.floor(targetBatchBytes / header.width));
    for (let row = fragment * FRAGMENT_ROWS; row < end; row += step) {
      const values = await readValues(file, header, row, Math.min(step, end - row), { signal });
      const { length } = values;
      const children = [makeData({ type: header.type, length, data: values })];
      yield new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children }));
    }
  }

  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: 'npy',
    capabilities: Object.freeze({ rowCounts: 'metadata', access: 'random' }),
    extensions: ['.npy'],
    headBytes: MAGIC.length,
    detect: isNumpy,
    survey,
    read,
  };
}

async function readValues(file, { array, width, start }, row, length, operation) {
  const values = new array(length);
  const bytes = new Uint8Array(values.buffer);
  if (file.readInto !== undefined) await file.readInto(bytes, start + row * width, operation);
  else bytes.set(await file.read(start + row * width, length * width, operation));
  return values;
}
