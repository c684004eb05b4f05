import createParquetWriter, { prepare } from '@riffle/writer-parquet';

export { prepare };

/** The Parquet writer, with files beside the shards that tell what it was told at the end. `names` are those of the files. */
export default function createIndexingWriter({ names }, shared) {
  const writer = createParquetWriter(undefined, shared);
  return {
    ...writer,
    // An index of shards knows of no parts.
    capabilities: { ...writer.capabilities, partitions: false },
    async finalize(shards, { schema, compression }) {
      const text = JSON.stringify({ shards, columns: schema.fields.map(({ name }) => name), compression });
      return names.map((file) => ({ file, bytes: new TextEncoder().encode(`${file} ${text}`) }));
    },
  };
}
