import { BadContentError } from '@riffle/core';
import { schemaToBytes } from '@riffle/columnar';
import { RecordBatchReader } from 'apache-arrow';

const HEAD_BYTES = 8;

/** Where each frame's stream lies, and how many rows it says it has. Only heads are read. */
async function framesOf(file, options) {
  const frames = [];
  for (let at = 0; at < file.size;) {
    if (file.size - at < HEAD_BYTES) throw new BadContentError('It ends within the head of a frame.');
    const head = Buffer.from(await file.read(at, HEAD_BYTES, options));
    const frame = { start: at + HEAD_BYTES, bytes: head.readUInt32LE(0), rows: head.readUInt32LE(4) };
    at = frame.start + frame.bytes;
    if (at > file.size) throw new BadContentError('It ends within a frame.');
    if (frame.rows > frame.bytes) throw new BadContentError('A frame declares more rows than it has bytes.');
    frames.push(frame);
  }
  return frames;
}

async function batchesOf(file, { start, bytes, rows }, options) {
  const stream = await file.read(start, bytes, options);
  try {
    const reader = RecordBatchReader.from(new Uint8Array(stream)).open();
    // Before the batches are taken: afterwards the reader has forgotten it.
    const { schema } = reader;
    const batches = [...reader].filter(({ numRows }) => numRows > 0);
    const found = batches.reduce((sum, { numRows }) => sum + numRows, 0);
    if (found === rows) return { schema, batches };
    throw new BadContentError(`A frame declares ${rows} rows and has ${found}.`);
  } catch (error) {
    if (error instanceof BadContentError) throw error;
    throw new BadContentError('A frame is no Arrow stream.', {}, { cause: error });
  }
}

async function survey(file, options) {
  options?.signal?.throwIfAborted();
  const frames = await framesOf(file, options);
  if (frames.length === 0) throw new BadContentError('It has no frame, so it has no columns either.');
  const { schema } = await batchesOf(file, frames[0], options);
  const fragments = frames.map(({ rows, bytes }) => ({ rows, bytes, decodedBytes: bytes }));
  const rows = fragments.reduce((sum, fragment) => sum + fragment.rows, 0);
  return { rows, fragments, schema: schemaToBytes(schema), columns: [], warnings: [] };
}

async function* read(file, fragment, { signal }) {
  signal?.throwIfAborted();
  const frame = (await framesOf(file, { signal }))[fragment];
  yield* (await batchesOf(file, frame, { signal })).batches;
}

/** Reads what `framed-writer.mjs` writes: enough for reading back what Riffle wrote. */
export default function createReader() {
  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: 'framed',
    capabilities: Object.freeze({ rowCounts: 'metadata', access: 'random' }),
    extensions: ['.framed'],
    headBytes: 0,
    detect: () => false,
    survey,
    read,
  };
}
