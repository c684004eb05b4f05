import createParquetWriter, { prepare } from '@riffle/writer-parquet';
import { misfortune } from './misfortune.mjs';

export { prepare };

/** The Parquet writer, having a {@link misfortune} in `when`: `tune`, or `close` of a shard. */
export default function createMisfitWriter({ when, ...options }, shared) {
  const writer = createParquetWriter(undefined, shared);
  return {
    ...writer,
    async tune(...values) {
      if (when === 'tune') await misfortune(options);
      return writer.tune(...values);
    },
    async create(...values) {
      const shard = await writer.create(...values);
      return {
        ...shard,
        async close() {
          if (when === 'close') await misfortune(options);
          return shard.close();
        },
      };
    },
  };
}
