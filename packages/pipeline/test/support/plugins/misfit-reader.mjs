import createParquetReader, { prepare } from '@riffle/reader-parquet';
import { misfortune } from './misfortune.mjs';

export { prepare };

/** The Parquet reader, having a {@link misfortune} in `when` (`survey` or `read`) of files whose location contains `file`. */
export default function createMisfitReader({ file, when, ...options }, shared) {
  const reader = createParquetReader(undefined, shared);
  return {
    ...reader,
    async survey(opened, ...more) {
      if (when === 'survey' && opened.location.includes(file)) await misfortune(options);
      return reader.survey(opened, ...more);
    },
    async *read(opened, ...more) {
      if (when === 'read' && opened.location.includes(file)) await misfortune(options);
      yield* reader.read(opened, ...more);
    },
  };
}
