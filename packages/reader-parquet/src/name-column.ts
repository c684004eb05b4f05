import type { OperationOptions, ReadableFile, RiffleError } from '@riffle/core';
import {
  decodeParquet,
  planLeafCut,
  type DecodeOptions,
  type Footer,
  type ParquetWasm,
  type RowGroup,
} from '@riffle/codec-parquet';
import { codecError } from './codec-error.ts';
import { fillCut } from './fill-cut.ts';

/**
 * Finds the column because of which some rows could not be decoded, by decoding one after the other: the codec's messages
 * do not name it. Returns the error with the column in it, or as it was if no column fails by itself.
 */
export async function nameColumn(
  wasm: ParquetWasm,
  file: ReadableFile,
  footer: Footer,
  rowGroup: RowGroup,
  decodeOptions: DecodeOptions,
  failed: RiffleError,
  options: OperationOptions,
): Promise<RiffleError> {
  if (failed.details.trap === true || rowGroup.chunks.length === 0) return failed;
  for (const chunk of rowGroup.chunks) {
    options.signal?.throwIfAborted();
    const bytes = await fillCut(wasm, file, planLeafCut(footer, rowGroup, chunk), options);
    try {
      decodeParquet(wasm, bytes, decodeOptions).free();
    } catch (thrown) {
      const column = chunk.leaf.path.join('.');
      const error = codecError(thrown, { rowGroup: rowGroup.index, column, bytes: 0 });
      return error.details.trap === true ? failed : error;
    }
  }
  return failed;
}
