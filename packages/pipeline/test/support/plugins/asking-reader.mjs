import createParquetReader, { prepare } from '@riffle/reader-parquet';

export { prepare };

/** The Parquet reader, which has to be told the types of what Riffle wrote itself, as if its format noted none. */
export default function createAskingReader(_options, shared) {
  const reader = createParquetReader(undefined, shared);
  const ask = (file, { schema } = {}) => {
    if (file.location?.includes('.riffle') !== false && !(schema instanceof Uint8Array))
      throw new Error(`Nobody says what types ${file.location} has.`);
  };
  return {
    ...reader,
    async survey(file, options) {
      ask(file, options);
      return reader.survey(file, options);
    },
    read(file, fragment, options) {
      ask(file, options);
      return reader.read(file, fragment, options);
    },
  };
}
