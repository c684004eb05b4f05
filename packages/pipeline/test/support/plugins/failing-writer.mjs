import { appendFileSync, readFileSync } from 'node:fs';
import createParquetWriter, { prepare } from '@riffle/writer-parquet';

export { prepare };

/**
 * The Parquet writer, failing where it closes a shard: the first `failures` closes in all threads together, counted by the lines of the file `log`.
 * `how`: `throw` an error; `exit`, ending the worker; `hang`, never to return.
 */
export default function createFailingWriter({ log, failures, how = 'throw' }, shared) {
  const writer = createParquetWriter(undefined, shared);
  return {
    ...writer,
    async create(...values) {
      const shard = await writer.create(...values);
      return {
        ...shard,
        async close() {
          appendFileSync(log, 'close\n');
          if (readFileSync(log, 'utf8').split('\n').length - 1 > failures) return shard.close();
          if (how === 'exit') process.exit(7);
          if (how === 'hang') return new Promise(() => setInterval(() => undefined, 1e6));
          throw new Error('the writer has a bad day');
        },
      };
    },
  };
}
