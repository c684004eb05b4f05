import { BadContentError, type OperationOptions, type ReadableFile, type RiffleError } from '@riffle/core';
import {
  dataPages,
  decodeParquet,
  loadParquetWasm,
  planLeafCut,
  type DecodeOptions,
  type Footer,
  type PageHeader,
  type RowGroup,
} from '@riffle/codec-parquet';
import { codecError } from './codec-error.ts';
import { dictionaryEncodings } from './decoded-bytes.ts';
import { fillCut } from './fill-cut.ts';

/** Makes the codec trap, unless such pages hold nothing but nulls: then they are sound. */
function lacksDictionary(pages: readonly PageHeader[]): boolean {
  const refersToOne = dataPages(pages).some(({ encoding }) => dictionaryEncodings.has(encoding));
  return refersToOne && !pages.some(({ kind }) => kind === 'DICTIONARY_PAGE');
}

/**
 * Finds the column because of which some rows could not be decoded, by decoding one after the other: the codec's messages
 * do not name it. `pages` are those of each chunk. Returns the error with the column in it, or as it was if no column fails by itself.
 */
export async function nameColumn(
  file: ReadableFile,
  footer: Footer,
  rowGroup: RowGroup,
  pages: readonly (readonly PageHeader[])[],
  decodeOptions: DecodeOptions,
  failed: RiffleError,
  options: OperationOptions,
): Promise<RiffleError> {
  for (const [index, chunk] of rowGroup.chunks.entries()) {
    options.signal?.throwIfAborted();
    // A trap leaves another instance than the one before.
    const wasm = loadParquetWasm();
    const bytes = await fillCut(wasm, file, planLeafCut(footer, rowGroup, chunk), options);
    try {
      decodeParquet(wasm, bytes, decodeOptions).free();
    } catch (thrown) {
      const column = chunk.leaf.path.join('.');
      const error = codecError(thrown, { rowGroup: rowGroup.index, column, bytes: 0 });
      if (error.details.trap !== true || !lacksDictionary(pages[index]!)) return error;
      return new BadContentError(
        `Column ${column} of row group ${rowGroup.index} cannot be decoded: a page refers to a dictionary that is not there.`,
        { rowGroup: rowGroup.index, column, kind: 'decode' },
        { cause: thrown },
      );
    }
  }
  return failed;
}
