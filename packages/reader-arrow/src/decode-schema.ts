import { basename } from 'node:path';
import { BadContentError, RiffleError } from '@riffle/core';
import { RecordBatchReader, Schema } from 'apache-arrow';
import { asContent } from './as-content.ts';

/** What a file of Hugging Face `datasets` is called that says which rows of the other files there are, and in which order. */
const INDICES = /^indices.*\.arrow$/;

/** The schema of a stream that begins with these bytes, with its metadata in order of the keys. */
export function decodeSchema(location: string, bytes: Uint8Array): Schema {
  const { fields, metadata } = asContent('Its schema', () => RecordBatchReader.from(bytes).open().schema);
  if (fields.length === 0) throw new BadContentError('It has no columns.', {}, { code: 'UNSUPPORTED_CONTENT' });
  if (fields.length === 1 && fields[0]!.name === 'indices' && INDICES.test(basename(location)))
    // Not the fault of one file, which could be skipped: without it, those beside it have other rows.
    throw new RiffleError(
      'RECIPE_INVALID',
      `${location} is an indices mapping of Hugging Face datasets: it says which rows of the files beside it there are, and in which order. Riffle does not apply it, and without it the folder has other rows. Write the data set anew with \`flatten_indices()\` and \`save_to_disk\`, and give that folder.`,
      { file: location },
    );
  const sorted = [...metadata].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return asContent('Its schema', () => new Schema(fields, new Map(sorted)));
}
