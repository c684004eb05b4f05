import { schemaToBytes } from '@riffle/columnar';
import { BadContentError } from '@riffle/core';
import { Field, Float64, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';

const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59); // \x93NUMPY
const schema = new Schema([new Field('value', new Float64(), false)]);

const isNumpy = (head) => MAGIC.every((byte, index) => head[index] === byte);

/** Where the values start, and how many there are. Every number is checked against the file's size before it is used. */
async function readHeader(file, options) {
  if (file.size < 10) throw new BadContentError('It is too short for a NumPy file.');
  const head = Buffer.from(await file.read(0, 10, options));
  if (!isNumpy(head)) throw new BadContentError('It does not start as NumPy files do.');
  const start = 10 + head.readUInt16LE(8);
  if (start > file.size) throw new BadContentError('It ends within its header.');
  const text = Buffer.from(await file.read(10, start - 10, options)).toString('latin1');
  const shape = /'descr': '<f8', 'fortran_order': False, 'shape': \((\d+),\)/.exec(text);
  if (shape === null) throw new BadContentError('It is no list of float64.', {}, { code: 'UNSUPPORTED_CONTENT' });
  const rows = Number(shape[1]);
  if (start + 8 * rows !== file.size)
    throw new BadContentError(`Its header says ${rows} values, and ${file.size - start} bytes follow it.`);
  return { start, rows };
}

async function survey(file, options) {
  options?.signal?.throwIfAborted();
  const { rows } = await readHeader(file, options);
  return { rows, fragments: [{ rows, bytes: 8 * rows }], schema: schemaToBytes(schema), columns: [], warnings: [] };
}

async function* read(file, _fragment, { targetBatchBytes, signal }) {
  signal?.throwIfAborted();
  const { start, rows } = await readHeader(file, { signal });
  const step = Math.max(1, Math.floor(targetBatchBytes / 8));
  for (let row = 0; row < rows; row += step) {
    const length = Math.min(step, rows - row);
    const bytes = new Uint8Array(await file.read(start + 8 * row, 8 * length, { signal }));
    const values = makeData({ type: new Float64(), length, data: new Float64Array(bytes.buffer) });
    yield new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children: [values] }));
  }
}

export default function createReader() {
  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: 'npy',
    capabilities: Object.freeze({ rowCounts: 'metadata', access: 'sequential' }),
    extensions: ['.npy'],
    headBytes: MAGIC.length,
    detect: isNumpy,
    survey,
    read,
  };
}
