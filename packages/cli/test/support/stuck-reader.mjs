import { readFileSync } from 'node:fs';
import createParquetReader, { prepare } from '@riffle/reader-parquet';

export { prepare };

/** The Parquet reader, waiting in a call of the operating system that never returns: it opens a FIFO that nobody writes into. */
export default function createStuckReader({ fifo }, shared) {
  const reader = createParquetReader(undefined, shared);
  return {
    ...reader,
    async survey(...values) {
      readFileSync(fifo);
      return reader.survey(...values);
    },
  };
}
