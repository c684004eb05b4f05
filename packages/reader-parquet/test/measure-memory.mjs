// Reads all fragments of a file with the built reader and prints the codec's memory: node measure-memory.mjs FILE TARGET_BATCH_BYTES
import { open } from 'node:fs/promises';
import createReader from '../dist/index.js';

const [, , location, target] = process.argv;
const handle = await open(location);
const { size } = await handle.stat();
const readInto = async (bytes, offset) => void (await handle.read(bytes, 0, bytes.length, offset));
const read = async (offset, length) => {
  const bytes = new Uint8Array(length);
  await readInto(bytes, offset);
  return bytes;
};
const file = { location, size, read, readInto, close: () => handle.close() };

const reader = createReader();
const { fragments } = await reader.survey(file);
let rows = 0;
for (const fragment of fragments.keys()) {
  for await (const batch of reader.read(file, fragment, { targetBatchBytes: Number(target) })) rows += batch.numRows;
}
await file.close();
process.stdout.write(JSON.stringify({ rows, heldBytes: reader.heldBytes() }));
