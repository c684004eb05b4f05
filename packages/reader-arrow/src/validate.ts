import { BadContentError } from '@riffle/core';
import { DataType, type Data, type Dictionary } from 'apache-arrow';
import { checkText } from './check-text.ts';
import { checkViews } from './check-views.ts';
import { checkIndices } from './check-indices.ts';
import type { SpendBytes } from './spend-bytes.ts';

const damaged = (column: string, what: string) =>
  new BadContentError(`Column ${column} is damaged: ${what}.`, { kind: 'page', column });

const isText = (type: DataType) => DataType.isUtf8(type) || DataType.isLargeUtf8(type);
const hasOffsets = (type: DataType) =>
  isText(type) ||
  DataType.isBinary(type) ||
  DataType.isLargeBinary(type) ||
  DataType.isList(type) ||
  DataType.isLargeList(type) ||
  DataType.isMap(type);

/** First and last offset, after all were seen to ascend within `most`. */
function checkOffsets(data: Data, most: number, column: string): readonly [number, number] {
  if (data.length === 0) return [0, 0];
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  let last = Number(offsets[0]);
  if (!(last >= 0)) throw damaged(column, `it begins at ${last}`);
  const first = last;
  for (let index = 1; index <= data.length; index++) {
    const next = Number(offsets[index]);
    if (!(next >= last)) throw damaged(column, `value ${index - 1} has a negative length`);
    last = next;
  }
  if (last > most) throw damaged(column, `its values end at ${last}, and there are only ${most}`);
  return [first, last];
}

/**
 * Checks what buffers hold, after their lengths were checked against the metadata: offsets, indices of dictionaries, views, and that text is UTF-8.
 * @throws BadContentError naming the column.
 */
export function validate(data: Data, column: string, spend: SpendBytes): void {
  const type = data.type as DataType;
  const { children } = data;
  if (DataType.isDictionary(type))
    checkIndices(data as Data<Dictionary>, column, spend, (part) => validate(part, column, spend));
  else if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) checkViews(data, column, spend);
  else if (hasOffsets(type)) {
    const values = data.values as Uint8Array | undefined;
    const range = checkOffsets(data, children[0] === undefined ? (values?.length ?? 0) : children[0].length, column);
    if (isText(type) && data.length > 0) checkText(data, range, column);
  }
  for (const [index, child] of children.entries())
    validate(child, DataType.isStruct(type) ? `${column}.${type.children[index]!.name}` : column, spend);
}
