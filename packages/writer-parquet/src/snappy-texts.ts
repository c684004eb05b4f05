import { columnsOfBatch } from '@riffle/columnar';
import {
  createLevelRuns,
  mostCompressed,
  pageHeader,
  snappyKernel,
  type LeafColumn,
  type LevelRuns,
} from '@riffle/codec-parquet';
import type { RecordBatch } from 'apache-arrow';
import { byteArrayPages, type PageRows } from './byte-array-pages.ts';
import { checkText } from './check-text.ts';
import { definitionLevels, levelsAbove } from './definition-levels.ts';
import { directChunk, type DirectChunk } from './direct-chunk.ts';

/**
 * A chunk of texts or byte strings as plain pages compressed with Snappy: byte for byte what parquet-wasm writes, without the way into its memory and back. Values go from
 * the batch into the kernel's memory, from where they come compressed.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#plain-plain--0
 */

/** Below this many bytes a value, on average, the codec is as fast. */
const LEAST_BYTES_PER_VALUE = 64;
/** Parquet's number. */
const SNAPPY = 1;

const noLevels = new Uint8Array(0);
/** Compressed pages until their sizes are known; kept from one chunk to the next, as large as the largest was. */
let compressed = new Uint8Array(0);

function levelBytes(
  runs: LevelRuns | undefined,
  levels: Uint8Array | undefined,
  defined: number,
  { first, end }: PageRows,
): Uint8Array {
  if (levels === undefined) runs?.put(defined, end - first);
  else for (let row = first; row < end; row++) runs?.put(levels[row]!, 1);
  return runs?.take() ?? noLevels;
}

/**
 * The chunk of a batch that was cut down to one leaf, or undefined if its values are short, or there is a null above them: then the codec encodes them. Which of
 * the two it is depends on the batch alone.
 * @param place Room for so many bytes, for the pages.
 * @throws RiffleError `INTERNAL` for text that is not UTF-8.
 */
export function encodeSnappyTexts(
  leaf: LeafColumn,
  batch: RecordBatch,
  place: (bytes: number) => Uint8Array,
): DirectChunk | undefined {
  const path = levelsAbove(batch.schema.fields[0]!, columnsOfBatch(batch).columns[0]!);
  const { offsets, values, layout } = path.at(-1)!.column;
  const rows = batch.numRows;
  if (layout.kind !== 'bytes' || offsets === undefined || values === undefined) return undefined;
  if (offsets[rows]! - offsets[0]! < rows * LEAST_BYTES_PER_VALUE) return undefined;
  if (path.slice(0, -1).some(({ column }) => column.validity !== undefined)) return undefined;
  const defined = leaf.maximumDefinitionLevel;
  const allLevels = definitionLevels(path, rows);
  if (allLevels === undefined) return undefined;
  const levels = allLevels.every((level) => level === defined) ? undefined : allLevels;
  const nulls = levels === undefined ? 0 : levels.reduce((sum, level) => sum + (level === defined ? 0 : 1), 0);
  if (nulls === rows) return undefined;
  checkText(batch);

  const kernel = snappyKernel();
  const runs = defined === 0 ? undefined : createLevelRuns(defined);
  const parts = byteArrayPages(offsets, rows, levels, defined).map((page) => {
    const levelPart = levelBytes(runs, levels, defined, page);
    return { page, levelPart, bodyBytes: levelPart.length + page.valueBytes };
  });
  const most = parts.reduce((sum, { bodyBytes }) => sum + mostCompressed(bodyBytes), 0);
  if (compressed.length < most) compressed = new Uint8Array(Math.ceil(most * 1.1));

  let uncompressedBytes = 0;
  let at = 0;
  const pages = parts.map(({ page, levelPart, bodyBytes }) => {
    const { putNumber, put, finish } = kernel.compressor(bodyBytes, compressed.subarray(at));
    put(levelPart, 0, levelPart.length);
    for (let row = page.first; row < page.end; row++) {
      if (levels !== undefined && levels[row] !== defined) continue;
      const [from, to] = [offsets[row]!, offsets[row + 1]!];
      putNumber(to - from);
      put(values, from, to);
    }
    const storedBytes = finish();
    const body = compressed.subarray(at, at + storedBytes);
    at += storedBytes;
    const header = pageHeader({ values: page.end - page.first, bodyBytes, storedBytes, encoding: 'PLAIN' });
    uncompressedBytes += header.length + bodyBytes;
    return {
      bytes: header.length + storedBytes,
      firstRow: page.first,
      copyTo(target: Uint8Array, start: number) {
        target.set(header, start);
        target.set(body, start + header.length);
      },
    };
  });
  return directChunk(leaf, 'PLAIN', rows, nulls, pages, place, { codec: SNAPPY, uncompressedBytes });
}
