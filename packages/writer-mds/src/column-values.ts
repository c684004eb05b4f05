import { isUtf8 } from 'node:buffer';
import { dtypeOf, bytesOfDtype, type Form } from '@riffle/codec-mds';
import { valueText } from '@riffle/codec-text';
import { RiffleError } from '@riffle/core';
import { DataType, type Data } from 'apache-arrow';
import type { ColumnPlan } from './plan-columns.ts';
import { refuseNullItems, refuseNulls, type BatchPlace } from './refuse-nulls.ts';

/** The values of one column of a batch as bytes. */
export interface ColumnValues {
  /** Bytes of the value of a row. Asked once for each row, in order, before any is copied. */
  sizeOf(row: number): number;
  /** Puts the value of a row into `target` from `at` on. */
  copy(row: number, target: Uint8Array, at: number): void;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => new Uint8Array(buffer, byteOffset, byteLength);

/** Calls cost more than loops for a few bytes. */
const fewBytes = 16;

function copyBytes(source: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void {
  if (end - start > fewBytes) target.set(source.subarray(start, end), at);
  else for (let index = start; index < end; index++) target[at + index - start] = source[index]!;
}

/** Values of one width, side by side: apache-arrow cuts them when it slices. */
function fixedValues(data: Data, width: number): ColumnValues {
  const bytes = bytesOf(data.values as ArrayBufferView);
  return {
    sizeOf: () => width,
    copy: (row, target, at) => copyBytes(bytes, row * width, (row + 1) * width, target, at),
  };
}

/** The numbers in arrays of one shape, however deep. */
function innermost(data: Data, place: BatchPlace): Data {
  let [inner, count] = [data, 1];
  while (DataType.isFixedSizeList(inner.type)) {
    count *= inner.type.listSize;
    inner = inner.children[0]!;
    const refuseItems = refuseNullItems(inner, place);
    for (let row = 0; row < place.rows; row++) refuseItems(row, row * count, (row + 1) * count);
  }
  return inner;
}

function boolValues({ values, offset }: Data): ColumnValues {
  return {
    sizeOf: () => 1,
    copy(row, target, at) {
      const bit = offset + row;
      target[at] = ((values as Uint8Array)[bit >> 3]! >> (bit & 7)) & 1;
    },
  };
}

function ranges(data: Data): (index: number) => number {
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  return offsets instanceof BigInt64Array ? (index) => Number(offsets[index]) : (index) => offsets[index]!;
}

function byteStrings(data: Data): ColumnValues {
  if (DataType.isFixedSizeBinary(data.type)) return fixedValues(data, data.type.byteWidth);
  const offsetAt = ranges(data);
  const bytes = bytesOf(data.values as ArrayBufferView);
  return {
    sizeOf: (row) => offsetAt(row + 1) - offsetAt(row),
    copy: (row, target, at) => copyBytes(bytes, offsetAt(row), offsetAt(row + 1), target, at),
  };
}

/** Python would fail at texts that are not UTF-8, each of them by itself. */
function refuseBadText(data: Data, { column, firstRow, rows }: BatchPlace): void {
  const offsetAt = ranges(data);
  const bytes = bytesOf(data.values as ArrayBufferView);
  const isContinuation = (row: number) => offsetAt(row) < offsetAt(row + 1) && (bytes[offsetAt(row)]! & 0xc0) === 0x80;
  let isSound = isUtf8(bytes.subarray(offsetAt(0), offsetAt(rows)));
  for (let row = 0; isSound && row < rows; row++) isSound = !isContinuation(row);
  if (isSound) return;
  for (let row = 0; row < rows; row++)
    if (!isUtf8(bytes.subarray(offsetAt(row), offsetAt(row + 1))))
      throw new RiffleError(
        'UNSUPPORTED_CONTENT',
        `Column ${column} holds a text that is not UTF-8, in row ${firstRow + row} of the shard, counted from 0. Cast it to binary, or mend the source.`,
        { column, row: firstRow + row },
      );
}

/**
 * A list of numbers behind its shape: one byte with the number of dimensions (1, times 4) and how wide a count is, the count, the numbers.
 * Source: MosaicML Streaming, `NDArray.encode` of `format/mds/encodings.py` (Apache-2.0).
 */
function lists(data: Data, place: BatchPlace): ColumnValues {
  const offsetAt = ranges(data);
  const items = data.children[0]!;
  const width = bytesOfDtype(dtypeOf(items.type as DataType)!);
  const bytes = bytesOf(items.values as ArrayBufferView);
  const refuseItems = refuseNullItems(items, place);
  const widthCode = (count: number) => (count < 2 ** 8 ? 0 : count < 2 ** 16 ? 1 : 2);
  return {
    sizeOf(row) {
      const [start, end] = [offsetAt(row), offsetAt(row + 1)];
      refuseItems(row, start, end);
      return 1 + (1 << widthCode(end - start)) + (end - start) * width;
    },
    copy(row, target, at) {
      const [start, end] = [offsetAt(row), offsetAt(row + 1)];
      const code = widthCode(end - start);
      let to = at;
      target[to++] = (1 << 2) | code;
      for (let byte = 0; byte < 1 << code; byte++) target[to++] = (end - start) >>> (8 * byte);
      copyBytes(bytes, start * width, end * width, target, to);
    },
  };
}

/** Texts are made once, and kept until the batch is written. */
function texts(data: Data, column: string, form: Form): ColumnValues {
  const textAt = valueText(data, column);
  const made: Buffer[] = [];
  // Days and digits need no escape: without its quotes, their JSON is the text.
  const bare = (json: string) => (json.startsWith('"') ? json.slice(1, -1) : json);
  return {
    sizeOf(row) {
      const text = textAt(row);
      made[row] = Buffer.from(form.layout === 'spelled' ? bare(text) : text);
      return made[row].length;
    },
    copy: (row, target, at) => target.set(made[row]!, at),
  };
}

/**
 * The values of a column of a batch.
 *
 * @param row The batch as a struct of its columns.
 * @throws RiffleError `UNSUPPORTED_CONTENT` with column and row for a null that is not in JSON, and for text that is not UTF-8; `sizeOf` for nulls in lists.
 */
export function columnValues({ name, path, form }: ColumnPlan, row: Data, firstRow: number): ColumnValues {
  const place = { column: name, firstRow, rows: row.length };
  let data = row;
  for (const [depth, index] of path.entries()) {
    data = data.children[index]!;
    if (form.layout !== 'json' || depth < path.length - 1) refuseNulls(data, place);
  }
  switch (form.layout) {
    case 'fixed':
      return fixedValues(innermost(data, place), form.size!);
    case 'bool':
      return boolValues(data);
    case 'text':
      refuseBadText(data, place);
      return byteStrings(data);
    case 'bytes':
      return byteStrings(data);
    case 'array':
      return lists(data, place);
    case 'spelled':
    case 'json':
      return texts(data, name, form);
  }
}
