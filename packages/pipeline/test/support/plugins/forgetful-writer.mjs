import createParquetWriter, { prepare } from '@riffle/writer-parquet';

export { prepare };

/** The Parquet writer with a bug: of the first batch of each shard it loses the last row (`lose`), or writes the one before it twice (`repeat`). */
export default function createForgetfulWriter({ how }, shared) {
  const writer = createParquetWriter(undefined, shared);
  return {
    ...writer,
    async create(...values) {
      const shard = await writer.create(...values);
      let first = true;
      return {
        ...shard,
        async write(batch) {
          if (!first) return shard.write(batch);
          first = false;
          const kept = batch.slice(0, batch.numRows - 1);
          await shard.write(kept);
          if (how === 'repeat') await shard.write(kept.slice(kept.numRows - 1, kept.numRows));
        },
      };
    },
  };
}
