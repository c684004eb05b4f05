import { Data, DataType, RecordBatch, type Struct } from 'apache-arrow';
import type { DecodedByteArrays } from './decode-bytes.ts';

/** Puts its own array in place of the one that the codec made of nothing. */
export type Substitute = (hollow: Data) => Data;

export interface DecodedColumn {
  readonly path: readonly number[];
  readonly substitute: Substitute;
}

/** Offsets in 8 bytes each, as large types have them. */
function wideOffsets(offsets: Int32Array): BigInt64Array {
  const words = new Int32Array(2 * offsets.length);
  for (let index = 0; index < offsets.length; index++) words[2 * index] = offsets[index]!;
  return new BigInt64Array(words.buffer);
}

const isLarge = (type: DataType): boolean => DataType.isLargeBinary(type) || DataType.isLargeUtf8(type);

/** Byte strings, one in every row. */
export function bytesColumn({ offsets, values }: DecodedByteArrays, rows: number): Substitute {
  return ({ type }) =>
    new Data(type, 0, rows, 0, [isLarge(type) ? wideOffsets(offsets) : offsets, values, undefined] as never);
}

/** Undefined where an array on the way does not begin at its first element: then its children do not either. */
function substituteAt(data: Data, [index, ...below]: readonly number[], substitute: Substitute): Data | undefined {
  const child = data.children[index!];
  if (child === undefined || data.offset !== 0 || child.length !== data.length) return undefined;
  const put = below.length === 0 ? substitute(child) : substituteAt(child, below, substitute);
  if (put === undefined) return undefined;
  const children = data.children.with(index!, put);
  return new Data(data.type, 0, data.length, data.nullCount, data as never, children);
}

/** The rows of a batch with directly decoded columns, or undefined if it has not the shape that it must have. */
export function substituted(
  batch: RecordBatch,
  rows: number,
  columns: readonly DecodedColumn[],
): RecordBatch | undefined {
  if (batch.numRows !== rows) return undefined;
  let data: Data | undefined = batch.data;
  for (const { path, substitute } of columns) data = data && substituteAt(data, path, substitute);
  return data && new RecordBatch(batch.schema, data as Data<Struct>);
}
