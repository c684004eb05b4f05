// Reads a Parquet file in bounded memory, whatever the size of its row groups.
// node docs/examples/read-row-groups.mjs FILE
import { arrowBytes } from '@riffle/columnar';
import createReader from '@riffle/reader-parquet';
import createStorage from '@riffle/storage-file';

const reader = createReader();
const file = await createStorage().open(process.argv[2]);
const { fragments } = await reader.survey(file);
let rows = 0;
let largest = 0;
for (const fragment of fragments.keys())
  for await (const batch of reader.read(file, fragment, { targetBatchBytes: 64 * 1024 })) {
    // Its memory is used again for the next batch: copy what you keep.
    rows += batch.numRows;
    largest = Math.max(largest, arrowBytes(batch));
  }
await file.close();
console.log(`${rows} rows of ${fragments.length} row groups, at most ${largest} bytes at once.`);
