import { columnsOfBatch } from '@riffle/columnar';
import { pageHeader, type LeafColumn } from '@riffle/codec-parquet';
import { DataType, type Field, type Int, type List, type RecordBatch } from 'apache-arrow';
import { createDeltaBlocks, deltaRoom, type DeltaPage, type DeltaSource } from './delta-blocks.ts';
import type { EncodedChunk, PageLocation } from './encoded-chunk.ts';
import { createLevelRuns } from './level-runs.ts';

/**
 * A chunk of lists of integers, such as codec tokens, as uncompressed pages of DELTA_BINARY_PACKED: byte for byte what parquet-wasm writes, in a fraction of
 * its time.
 */

/** Below this many elements a row, on average, the codec is as fast. */
const LEAST_ELEMENTS = 8;
/** The codec looks whether a page is full after so many levels, at the end of a row, … */
const LOOK_LEVELS = 65_536;
/** … and it is with so many bytes of whole blocks, or so many rows. */
const PAGE_BYTES = 2 ** 20;
const PAGE_ROWS = 20_000;
/** Sums and differences of such numbers are exact. */
const LARGEST_WIDE = 2 ** 50;

const physicalInt32 = 1;
const physicalInt64 = 2;
const encodingRunLength = 3;
const encodingDelta = 5;
const pageTypeData = 0;

/** Whether a leaf is the element of a list of integers at the top. */
export function mayBeNumberList({ element, elements, maximumRepetitionLevel }: LeafColumn): boolean {
  const isInteger = element.physicalType === 'INT32' || element.physicalType === 'INT64';
  return isInteger && elements.length === 3 && maximumRepetitionLevel === 1;
}

/** A list of integers whose elements are as wide as they are stored, or narrower than 4 bytes. */
function elementOf({ type }: Field): Int | undefined {
  if (!DataType.isList(type)) return undefined;
  const element = (type as List).valueType as DataType;
  return DataType.isInt(element) ? element : undefined;
}

/** The values as the encoder takes them, or undefined if some are too large for it. */
function sourceOf(bytes: Uint8Array, { bitWidth, isSigned }: Int, from: number, to: number): DeltaSource | undefined {
  const start = bytes.byteOffset + (from * bitWidth) / 8;
  const buffer = bytes.buffer as ArrayBuffer;
  const count = to - from;
  if (bitWidth === 32) return new Int32Array(buffer, start, count);
  if (bitWidth === 16) return Int32Array.from(new (isSigned ? Int16Array : Uint16Array)(buffer, start, count));
  if (bitWidth === 8) return Int32Array.from(new (isSigned ? Int8Array : Uint8Array)(buffer, start, count));
  const words = new Int32Array(buffer, start, 2 * count);
  const numbers = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const value = words[2 * index + 1]! * 2 ** 32 + (words[2 * index]! >>> 0);
    if (value > LARGEST_WIDE || value < -LARGEST_WIDE) return undefined;
    numbers[index] = value;
  }
  return numbers;
}

interface Page {
  readonly header: Uint8Array;
  readonly repetition: Uint8Array;
  readonly definition: Uint8Array;
  readonly deltas: DeltaPage;
  readonly firstRow: number;
}

/** Memory for the blocks of one batch, kept for the next. */
let room = new Uint8Array(0);

/**
 * The chunk of a batch that was cut down to one leaf, or undefined if the lists are short, hold nulls as elements, or numbers too far apart: then the codec encodes them.
 * @param place Room for so many bytes, for the pages.
 */
export function encodeNumberLists(
  leaf: LeafColumn,
  batch: RecordBatch,
  place: (bytes: number) => Uint8Array,
): { readonly chunk: EncodedChunk; readonly nulls: number } | undefined {
  const rows = batch.numRows;
  const field = batch.schema.fields[0]!;
  const type = elementOf(field);
  const list = columnsOfBatch(batch).columns[0]!;
  const { offsets, validity, validityOffset, children } = list;
  const child = children[0];
  if (type === undefined || offsets === undefined || child?.values === undefined || child.validity !== undefined)
    return undefined;
  const [from, to] = [offsets[0]!, offsets[rows]!];
  if (to - from < LEAST_ELEMENTS * rows) return undefined;
  const source = sourceOf(child.values, type, from, to);
  if (source === undefined) return undefined;

  const wide = type.bitWidth === 64;
  const bytes = deltaRoom(to - from, 2 + Math.ceil(rows / PAGE_ROWS) + Math.ceil((to - from) / LOOK_LEVELS), wide);
  if (room.length < bytes) room = new Uint8Array(bytes);
  const blocks = createDeltaBlocks(wide, room);
  const whole = leaf.maximumDefinitionLevel;
  const empty = field.nullable ? 1 : 0;
  const repetition = createLevelRuns(1);
  const definition = createLevelRuns(whole);
  const pages: Page[] = [];
  let [firstRow, levels, pageLevels, lookLevels, elements] = [0, 0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const [start, end] = [offsets[row]! - from, offsets[row + 1]! - from];
    const isNull =
      validity !== undefined && ((validity[(validityOffset + row) >> 3]! >> ((validityOffset + row) & 7)) & 1) === 0;
    const count = isNull ? 0 : end - start;
    repetition.put(0, 1);
    if (count === 0) definition.put(isNull ? 0 : empty, 1);
    else {
      repetition.put(1, count - 1);
      definition.put(whole, count);
      if (!blocks.put(source, start, end)) return undefined;
    }
    elements += count;
    levels += Math.max(1, count);
    pageLevels += Math.max(1, count);
    lookLevels += Math.max(1, count);
    const isLast = row + 1 === rows;
    if (lookLevels < LOOK_LEVELS && !isLast) continue;
    lookLevels = 0;
    if (blocks.pageBytes < PAGE_BYTES && row + 1 - firstRow < PAGE_ROWS && !isLast) continue;
    const deltas = blocks.endPage();
    const parts = { repetition: repetition.take(), definition: definition.take(), deltas, firstRow };
    const bodyBytes =
      parts.repetition.length + parts.definition.length + deltas.front.length + deltas.end - deltas.start;
    const header = pageHeader({ values: pageLevels, bodyBytes, encoding: 'DELTA_BINARY_PACKED' });
    pages.push({ ...parts, header });
    firstRow = row + 1;
    pageLevels = 0;
  }

  const partsOf = ({ header, repetition: repeated, definition: defined, deltas }: Page) => [
    header,
    repeated,
    defined,
    deltas.front,
    blocks.bytes.subarray(deltas.start, deltas.end),
  ];
  const target = place(pages.reduce((sum, page) => partsOf(page).reduce((all, part) => all + part.length, sum), 0));
  const locations: PageLocation[] = [];
  let at = 0;
  for (const page of pages) {
    const offset = at;
    for (const part of partsOf(page)) {
      target.set(part, at);
      at += part.length;
    }
    locations.push({ offset, bytes: at - offset, firstRow: page.firstRow });
  }
  const nulls = levels - elements;
  return {
    nulls,
    chunk: {
      leaf,
      pages: target,
      dictionaryBytes: 0,
      type: wide ? physicalInt64 : physicalInt32,
      codec: 0,
      values: levels,
      uncompressedBytes: target.length,
      nulls,
      encodings: [encodingRunLength, encodingDelta],
      pageCounts: [{ pageType: pageTypeData, encoding: encodingDelta, count: pages.length }],
      locations,
    },
  };
}
