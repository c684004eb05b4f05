import type { OperationOptions, ReadableFile } from '@riffle/core';
import {
  decodeParquet,
  planDictionaryCut,
  viewRecordBatch,
  webAssembly,
  type ColumnChunk,
  type Footer,
  type PageHeader,
  type ParquetWasm,
  type RowGroup,
} from '@riffle/codec-parquet';
import { codecError } from './codec-error.ts';
import { fillCut } from './fill-cut.ts';

/** Lengths in bytes of the values of a dictionary. */
export interface DictionaryLengths {
  readonly longest: number;
  readonly mean: number;
}

/** A dictionary of more values is not worth looking at; its page header may be lying, too. */
const MOST_VALUES = 2 ** 20;

/**
 * Decodes a chunk's dictionary by itself, which tells how far its column can expand. Undefined if there is none, or it
 * is refused: then decoding the column will say why.
 * @throws BadContentError if the codec traps.
 */
export async function dictionaryLengths(
  wasm: ParquetWasm,
  file: ReadableFile,
  footer: Footer,
  rowGroup: RowGroup,
  chunk: ColumnChunk,
  pages: readonly PageHeader[],
  options: OperationOptions,
): Promise<DictionaryLengths | undefined> {
  const page = pages.find(({ kind }) => kind === 'DICTIONARY_PAGE');
  if (
    page === undefined ||
    page.values === 0 ||
    page.values > MOST_VALUES ||
    chunk.leaf.element.physicalType !== 'BYTE_ARRAY'
  )
    return undefined;
  const bytes = await fillCut(wasm, file, planDictionaryCut(footer, rowGroup, chunk, page), options);
  try {
    const table = decodeParquet(wasm, bytes, { batchSize: page.values });
    try {
      let longest = 0;
      let sum = 0;
      for (const array of table.arrays) {
        const { valueOffsets, length } = viewRecordBatch(wasm.exports.memory, table.schema, array).data.children[0]!;
        for (let index = 0; index < length; index++)
          longest = Math.max(longest, valueOffsets[index + 1]! - valueOffsets[index]!);
        sum += valueOffsets[length]! - valueOffsets[0]!;
      }
      return { longest, mean: sum / page.values };
    } finally {
      table.free();
    }
  } catch (thrown) {
    if (!(thrown instanceof webAssembly.RuntimeError)) return undefined;
    const place = { rowGroup: rowGroup.index, column: chunk.leaf.path.join('.'), bytes: page.uncompressedBytes };
    throw codecError(thrown, place);
  }
}
