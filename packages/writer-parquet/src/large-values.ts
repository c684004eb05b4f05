import { columnsOfBatch } from '@riffle/columnar';
import { createLevelRuns, pageHeader, type LeafColumn, type LevelRuns } from '@riffle/codec-parquet';
import type { RecordBatch } from 'apache-arrow';
import { directChunk, type DirectChunk } from './direct-chunk.ts';
import { PAGE_BYTES } from './encode.ts';
import { definitionLevels, levelsAbove } from './definition-levels.ts';

/**
 * A chunk of large values, such as audio or images, as plain uncompressed pages: what parquet-wasm would write, without the way into its memory and
 * back. Each byte is copied once.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#plain-plain--0
 */

/** Below this many bytes a value, on average, the codec is as fast. */
const LEAST_BYTES_PER_VALUE = 512;
const LENGTH_BYTES = 4;

/** Whether values of a leaf can be written so: byte strings, of which each row has at most one. */
export function mayBeLarge({ element, maximumRepetitionLevel }: LeafColumn): boolean {
  return element.physicalType === 'BYTE_ARRAY' && maximumRepetitionLevel === 0;
}

interface Page {
  readonly first: number;
  readonly end: number;
  readonly header: Uint8Array;
  readonly levels: Uint8Array;
  readonly valueBytes: number;
}

const noLevels = new Uint8Array(0);

function makePage(
  runs: LevelRuns | undefined,
  levels: Uint8Array,
  first: number,
  end: number,
  valueBytes: number,
): Page {
  for (let row = first; row < end; row++) runs?.put(levels[row]!, 1);
  const taken = runs?.take() ?? noLevels;
  const header = pageHeader({ values: end - first, bodyBytes: taken.length + valueBytes, encoding: 'PLAIN' });
  return { first, end, header, levels: taken, valueBytes };
}

/**
 * The chunk of a batch that was cut down to one leaf, or undefined if its values are not large, so that the codec does as well.
 * Which of the two it is depends on the batch alone.
 * @param place Room for so many bytes, for the pages.
 */
export function encodeLargeValues(
  leaf: LeafColumn,
  batch: RecordBatch,
  place: (bytes: number) => Uint8Array,
): DirectChunk | undefined {
  const path = levelsAbove(batch.schema.fields[0]!, columnsOfBatch(batch).columns[0]!);
  const { offsets, values, layout } = path.at(-1)!.column;
  const rows = batch.numRows;
  if (layout.kind !== 'bytes' || offsets === undefined || values === undefined) return undefined;
  if (offsets[rows]! - offsets[0]! < rows * LEAST_BYTES_PER_VALUE) return undefined;
  const levels = definitionLevels(path, rows);
  if (levels === undefined) return undefined;
  const defined = leaf.maximumDefinitionLevel;

  const runs = defined === 0 ? undefined : createLevelRuns(defined);
  const pages: Page[] = [];
  let [first, valueBytes, nulls] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    if (levels[row] === defined) valueBytes += LENGTH_BYTES + offsets[row + 1]! - offsets[row]!;
    else nulls++;
    if (valueBytes < PAGE_BYTES && row + 1 < rows) continue;
    pages.push(makePage(runs, levels, first, row + 1, valueBytes));
    [first, valueBytes] = [row + 1, 0];
  }

  const written = pages.map((page) => ({
    bytes: page.header.length + page.levels.length + page.valueBytes,
    firstRow: page.first,
    copyTo(target: Uint8Array, start: number) {
      const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
      let at = start + page.header.length + page.levels.length;
      target.set(page.header, start);
      target.set(page.levels, start + page.header.length);
      for (let row = page.first; row < page.end; row++) {
        if (levels[row] !== defined) continue;
        const [from, to] = [offsets[row]!, offsets[row + 1]!];
        view.setUint32(at, to - from, true);
        target.set(values.subarray(from, to), at + LENGTH_BYTES);
        at += LENGTH_BYTES + to - from;
      }
    },
  }));
  return directChunk(leaf, 'PLAIN', rows, nulls, written, place);
}
