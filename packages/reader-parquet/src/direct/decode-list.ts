import type { Allocate } from '@riffle/columnar';
import { numberKernel, type ColumnChunk, type PageHeader } from '@riffle/codec-parquet';
import { cursorOver } from './byte-cursor.ts';
import { readDeltas, type ValueTarget } from './delta-values.ts';
import { readIndexed } from './dictionary-values.ts';
import { isOneRun, unpackLevels } from './levels.ts';
import { addElements, addRows, type ListRows } from './list-rows.ts';
import { bodyOf, PAGE_SLACK, takeLevels } from './page-body.ts';

/** A column of lists of numbers. Its memory comes from the caller. */
export interface DecodedList {
  readonly rows: ListRows;
  /** Values of all elements. */
  readonly values: Uint8Array;
}

const wordsOf = (bytes: Uint8Array): Int32Array =>
  new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);

function readPlain(body: Uint8Array, count: number, target: ValueTarget): boolean {
  const length = count * target.width;
  if (body.length < length || target.at + length > target.bytes.length) return false;
  target.bytes.set(body.subarray(0, length), target.at);
  target.at += length;
  return true;
}

/**
 * Decodes a chunk of lists of numbers of 4 or 8 bytes whose elements are never null. Undefined if it holds anything else, or anything damaged.
 * @param pages of the chunk, positions counted from its start. @param bytes the chunk's.
 */
export function decodeList(
  chunk: ColumnChunk,
  pages: readonly PageHeader[],
  bytes: Uint8Array,
  rows: number,
  width: number,
  levels: { readonly empty: number },
  allocate: Allocate,
): DecodedList | undefined {
  const whole = chunk.leaf.maximumDefinitionLevel;
  const values = allocate(width * chunk.values);
  const list: ListRows = { offsets: wordsOf(allocate(4 * (rows + 1))), rows, begun: 0, elements: 0, nulls: [] };
  const target: ValueTarget = { bytes: values, at: 0, width };
  const scratch = [new Uint8Array(0), new Uint8Array(0)] as [Uint8Array, Uint8Array];
  let dictionary: Uint8Array | undefined;
  const largestPage = pages.reduce((most, page) => Math.max(most, page.uncompressedBytes), 0);
  const room = allocate(chunk.codec === 'UNCOMPRESSED' ? 0 : largestPage + PAGE_SLACK);
  for (const page of pages) {
    const body = bodyOf(chunk, page, bytes, (length) => room.subarray(0, length));
    if (body === undefined) return undefined;
    if (page.kind === 'DICTIONARY_PAGE') {
      // Before anything is allocated: how many values there are is only declared.
      if (dictionary !== undefined || body.length < width * page.values) return undefined;
      dictionary = allocate(width * page.values);
      readPlain(body, page.values, { bytes: dictionary, at: 0, width });
      if (!numberKernel().setDictionary(dictionary)) return undefined;
      continue;
    }
    if (page.kind !== 'DATA_PAGE' || page.packedLevels) return undefined;
    const cursor = cursorOver(body);
    const repetition = takeLevels(cursor);
    const definition = takeLevels(cursor);
    if (repetition === undefined || definition === undefined) return undefined;
    const before = list.elements;
    if (isOneRun({ ...definition }, whole, page.values)) {
      if (!addElements(list, repetition, page.values)) return undefined;
    } else {
      for (const [place, source] of [repetition, definition].entries()) {
        if (scratch[place]!.length < page.values) scratch[place] = allocate(page.values);
        const out = scratch[place]!.subarray(0, page.values);
        if (!unpackLevels(source, place === 0 ? 1 : whole, page.values, out)) return undefined;
      }
      const [repeated, defined] = scratch.map((part) => part.subarray(0, page.values)) as [Uint8Array, Uint8Array];
      if (!addRows(list, repeated, defined, levels.empty, whole)) return undefined;
    }
    const count = list.elements - before;
    let read = false;
    if (page.encoding === 'PLAIN') read = readPlain(body.subarray(cursor.at - body.byteOffset), count, target);
    else if (page.encoding === 'DELTA_BINARY_PACKED') read = readDeltas(cursor, count, target);
    else if (page.encoding === 'RLE_DICTIONARY' || page.encoding === 'PLAIN_DICTIONARY')
      read = dictionary !== undefined && readIndexed(cursor, count, dictionary, target);
    if (!read) return undefined;
  }
  if (list.begun !== rows) return undefined;
  list.offsets[rows] = list.elements;
  return { rows: list, values: values.subarray(0, width * list.elements) };
}
