import { BadContentError } from '@riffle/core';
import { bitAt, columnsOfBatch, rowBytes } from '@riffle/columnar';
import { Field, makeData, RecordBatch, Schema, Struct, type Data, type Dictionary } from 'apache-arrow';
import type { SpendBytes } from './spend-bytes.ts';

/** Bytes of the values of each part of a dictionary that was seen to be sound; many columns and batches share it. */
const checked = new WeakMap<Data, Float64Array>();

function sizesOf(data: Data, validate: (part: Data) => void): Float64Array {
  const known = checked.get(data);
  if (known !== undefined) return known;
  validate(data);
  const schema = new Schema([new Field('value', data.type, true)]);
  const struct = makeData({ type: new Struct(schema.fields), length: data.length, nullCount: 0, children: [data] });
  const sizes = rowBytes(columnsOfBatch(new RecordBatch(schema, struct)));
  checked.set(data, sizes);
  return sizes;
}

/**
 * Every index that is not null must be of a value that there is; a long one may be named many times over.
 * @param validate checks values of the dictionary
 */
export function checkIndices(
  data: Data<Dictionary>,
  column: string,
  spend: SpendBytes,
  validate: (part: Data) => void,
): void {
  const { length, nullCount, nullBitmap, offset, dictionary } = data;
  const indices = data.values as unknown as ArrayLike<number | bigint>;
  const sizes = (dictionary?.data ?? []).map((part) => sizesOf(part, validate));
  const values = sizes.reduce((sum, { length: held }) => sum + held, 0);
  let bytes = 0;
  for (let row = 0; row < length; row++) {
    if (nullCount > 0 && nullBitmap.length > 0 && !bitAt(nullBitmap, offset + row)) continue;
    const index = Number(indices[row]);
    if (!(index >= 0 && index < values))
      throw new BadContentError(
        `Column ${column} is damaged: row ${row} has the value ${index} of a dictionary of ${values}.`,
        { kind: 'page', column },
      );
    let [part, within] = [0, index];
    while (within >= sizes[part]!.length) within -= sizes[part++]!.length;
    bytes += sizes[part]![within]!;
  }
  spend(bytes, column);
}
