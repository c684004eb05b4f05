import { appendFileSync, readFileSync } from 'node:fs';
import { BadContentError, RiffleError } from '@riffle/core';
import createParquetReader, { prepare } from '@riffle/reader-parquet';

export { prepare };

/**
 * The Parquet reader, failing on files whose location contains `file`: the first `failures` times in all threads together, counted by the lines of the
 * file `log`. `when`: at `survey` or `read`. `how`: `trap`, as when the codec dies; `disk`, as when the system refuses to read; `crash`, ending the worker.
 */
export default function createMoodyReader({ file, log, failures, when, how }, shared) {
  const reader = createParquetReader(undefined, shared);
  const attempt = (place) => {
    if (!place.includes(file)) return;
    appendFileSync(log, 'attempt\n');
    if (readFileSync(log, 'utf8').split('\n').length - 1 > failures) return;
    if (how === 'trap') throw new BadContentError('The codec died.', { trap: true });
    if (how === 'disk')
      throw new RiffleError('STORAGE_FAILED', `Cannot read ${place}: the device reported an input/output error (EIO).`);
    process.exit(9);
  };
  return {
    ...reader,
    survey: async (opened, options) => {
      if (when === 'survey') attempt(opened.location);
      return reader.survey(opened, options);
    },
    async *read(opened, fragment, options) {
      if (when === 'read') attempt(opened.location);
      yield* reader.read(opened, fragment, options);
    },
  };
}
