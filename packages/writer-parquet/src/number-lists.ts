import { bitAt, columnsOfBatch } from '@riffle/columnar';
import { createLevelRuns, pageHeader, type LeafColumn } from '@riffle/codec-parquet';
import { DataType, type Field, type Int, type List, type RecordBatch } from 'apache-arrow';
import { createDeltaBlocks } from './delta-blocks.ts';
import { directChunk, type DirectChunk } from './direct-chunk.ts';
import { PAGE_BYTES } from './encode.ts';

/**
 * A chunk of lists of integers, such as codec tokens, as uncompressed pages of DELTA_BINARY_PACKED: byte for byte what parquet-wasm writes, in a fraction of
 * its time.
 */

/** Below this many elements a row, on average, the codec is as fast. */
const LEAST_ELEMENTS = 8;
/** The codec looks whether a page is full after so many levels, at the end of a row, … */
const LOOK_LEVELS = 65_536;
/** … and it is with so many bytes of whole blocks as any page, or so many rows. */
const PAGE_ROWS = 20_000;

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

/** Values `from … to` as they are stored: of 4 or 8 bytes. */
function storedBytes(bytes: Uint8Array, { bitWidth, isSigned }: Int, from: number, to: number): Uint8Array {
  const width = bitWidth / 8;
  if (width >= 4) return bytes.subarray(from * width, to * width);
  const buffer = bytes.buffer as ArrayBuffer;
  const start = bytes.byteOffset + from * width;
  const short = bitWidth === 16;
  const source = short
    ? new (isSigned ? Int16Array : Uint16Array)(buffer, start, to - from)
    : new (isSigned ? Int8Array : Uint8Array)(buffer, start, to - from);
  return new Uint8Array(Int32Array.from(source).buffer);
}

interface Page {
  readonly bytes: number;
  readonly firstRow: number;
  copyTo(target: Uint8Array, at: number): void;
}

const lengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, { length }) => sum + length, 0);

function makePage(values: number, firstRow: number, body: readonly Uint8Array[]): Page {
  const header = pageHeader({ values, bodyBytes: lengthOf(body), encoding: 'DELTA_BINARY_PACKED' });
  const parts = [header, ...body];
  return {
    bytes: lengthOf(parts),
    firstRow,
    copyTo(target, start) {
      let at = start;
      for (const part of parts) {
        target.set(part, at);
        at += part.length;
      }
    },
  };
}

/**
 * The chunk of a batch that was cut down to one leaf, or undefined if the lists are short, hold nulls as elements, or numbers too far apart: then the codec encodes them.
 * @param place Room for so many bytes, for the pages.
 */
export function encodeNumberLists(
  leaf: LeafColumn,
  batch: RecordBatch,
  place: (bytes: number) => Uint8Array,
): DirectChunk | undefined {
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
  const source = storedBytes(child.values, type, from, to);

  const blocks = createDeltaBlocks(
    source,
    type.bitWidth === 64,
    2 + Math.ceil(rows / PAGE_ROWS) + Math.ceil((to - from) / LOOK_LEVELS),
  );
  const whole = leaf.maximumDefinitionLevel;
  const empty = field.nullable ? 1 : 0;
  const repetition = createLevelRuns(1);
  const definition = createLevelRuns(whole);
  const pages: Page[] = [];
  let [firstRow, levels, levelsBefore, levelsAtLook] = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const end = offsets[row + 1]! - from;
    const count = end + from - offsets[row]!;
    const isNull = validity !== undefined && !bitAt(validity, validityOffset + row);
    // Elements of a null list are there for nobody, but they stand between those of others.
    if (isNull && count > 0) return undefined;
    repetition.put(0, 1);
    if (count > 0) {
      repetition.put(1, count - 1);
      definition.put(whole, count);
    } else definition.put(isNull ? 0 : empty, 1);
    levels += Math.max(1, count);
    const isLast = row + 1 === rows;
    if (levels - levelsAtLook < LOOK_LEVELS && !isLast) continue;
    levelsAtLook = levels;
    if (!blocks.encodeUpTo(end)) return undefined;
    if (blocks.pageBytes < PAGE_BYTES && row + 1 - firstRow < PAGE_ROWS && !isLast) continue;
    const deltas = blocks.endPage(end);
    if (deltas === undefined) return undefined;
    pages.push(
      makePage(levels - levelsBefore, firstRow, [repetition.take(), definition.take(), deltas.front, deltas.blocks]),
    );
    firstRow = row + 1;
    levelsBefore = levels;
  }

  return directChunk(leaf, 'DELTA_BINARY_PACKED', levels, levels - (to - from), pages, place);
}
