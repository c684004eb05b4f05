import type { Allocate } from '@riffle/columnar';
import type { ColumnChunk, PageHeader } from '@riffle/codec-parquet';
import { dictionaryEncodings } from '../decoded-bytes.ts';
import { cursorOver, type ByteCursor } from './byte-cursor.ts';
import { readIndices } from './flat-indices.ts';
import { isOneRun, unpackLevels } from './levels.ts';
import { bodyOf, takeLevels } from './page-body.ts';

/** Where the values of a chunk's rows lie. */
export interface PlacedValues {
  /** Takes the values of a dictionary, before all data. False for anything damaged. */
  dictionary(body: Uint8Array, count: number): boolean;
  /** How many values the dictionary has; undefined without one. */
  dictionarySize(): number | undefined;
  /** Takes `count` plain values from `cursor` on. @param rowOf the row of each. */
  plain(cursor: ByteCursor, rowOf: Uint32Array, count: number): boolean;
  /** Takes values of the dictionary. */
  indexed(indices: Uint32Array, rowOf: Uint32Array, count: number): boolean;
}

/** Rows without a value, in order, or undefined for anything but what is sound and simple. */
export type NullRows = readonly number[];

/**
 * Walks the pages of a flat chunk and hands their values to `values`. Plain values and dictionaries in pages of version 1; for anything else, and
 * anything damaged, undefined.
 * @param pages of the chunk, positions counted from its start. @param bytes the chunk's.
 */
export function readFlatPages(
  chunk: ColumnChunk,
  pages: readonly PageHeader[],
  bytes: Uint8Array,
  rows: number,
  values: PlacedValues,
  allocate: Allocate,
): NullRows | undefined {
  const words = () => {
    const memory = allocate(4 * rows);
    return new Uint32Array(memory.buffer, memory.byteOffset, rows);
  };
  const rowOf = words();
  let indices: Uint32Array | undefined;
  let levels: Uint8Array | undefined;
  const nulls: number[] = [];
  let row = 0;
  for (const page of pages) {
    const body = bodyOf(chunk, page, bytes, allocate);
    if (body === undefined) return undefined;
    if (page.kind === 'DICTIONARY_PAGE') {
      const isPlain = page.encoding === 'PLAIN' || page.encoding === 'PLAIN_DICTIONARY';
      if (!isPlain || row > 0 || values.dictionarySize() !== undefined) return undefined;
      if (!values.dictionary(body, page.values)) return undefined;
      continue;
    }
    if (page.kind !== 'DATA_PAGE' || page.packedLevels || row + page.values > rows) return undefined;
    const cursor = cursorOver(body);
    let present = 0;
    const definition = chunk.leaf.maximumDefinitionLevel === 0 ? undefined : takeLevels(cursor);
    if (chunk.leaf.maximumDefinitionLevel > 0 && definition === undefined) return undefined;
    if (definition === undefined || isOneRun({ ...definition }, 1, page.values)) {
      for (; present < page.values; present++) rowOf[present] = row + present;
    } else {
      levels ??= allocate(rows);
      if (!unpackLevels(definition, 1, page.values, levels)) return undefined;
      for (let index = 0; index < page.values; index++) {
        if (levels[index] === 1) rowOf[present++] = row + index;
        else nulls.push(row + index);
      }
    }
    if (page.encoding === 'PLAIN') {
      if (!values.plain(cursor, rowOf, present)) return undefined;
    } else {
      const size = values.dictionarySize();
      if (!dictionaryEncodings.has(page.encoding) || size === undefined) return undefined;
      indices ??= words();
      if (!readIndices(cursor, present, size, indices) || !values.indexed(indices, rowOf, present)) return undefined;
    }
    row += page.values;
  }
  return row === rows ? nulls : undefined;
}
