// Compares a result with its manifest, as `riffle verify` does.
// node docs/examples/verify-folder.mjs FOLDER
import { availableParallelism, freemem } from 'node:os';
import { verify } from '@riffle/pipeline';

const plugin = (name) => ({ specifier: import.meta.resolve(`@riffle/${name}`) });
const plugins = {
  readers: [plugin('reader-parquet')],
  writer: plugin('writer-parquet'),
  shuffler: plugin('shuffler'),
  storage: plugin('storage-file'),
  verifier: plugin('verifier'),
};
const options = { plugins, availableCpus: availableParallelism(), freeMemory: freemem(), baseFolder: process.cwd() };

const { ok, rows, shards, findings } = await verify(process.argv[2], options);
for (const { message } of findings) console.log(message);
console.log(`${rows} rows in ${shards} shards: ${ok ? 'as the manifest says' : 'not what the manifest says'}.`);
