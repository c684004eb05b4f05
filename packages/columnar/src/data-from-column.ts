import { Data } from 'apache-arrow';
import { bytesForBits, copyBits, countBits } from './bits.ts';
import { noBytes, type Column } from './column.ts';

/** 32-bit offsets as the 64-bit ones of the large layouts. */
function widenOffsets(offsets: Int32Array): BigInt64Array {
  const words = new Int32Array(offsets.length * 2);
  for (let index = 0; index < offsets.length; index++) words[2 * index] = offsets[index]!;
  return new BigInt64Array(words.buffer);
}

/** A bitmap that starts at bit 0. */
function aligned(bits: Uint8Array, offset: number, count: number): Uint8Array {
  if (offset === 0) return bits;
  const copy = new Uint8Array(bytesForBits(count));
  copyBits(bits, offset, count, copy);
  return copy;
}

/** `values` as the typed array that apache-arrow wants for this type. */
function typedValues({ type, values = noBytes }: Column): ArrayBufferView {
  const ArrayType = type.ArrayType as {
    new (buffer: ArrayBufferLike, at: number, length: number): ArrayBufferView;
    BYTES_PER_ELEMENT: number;
  };
  return new ArrayType(values.buffer, values.byteOffset, Math.floor(values.byteLength / ArrayType.BYTES_PER_ELEMENT));
}

/** A {@link Column} as apache-arrow's Data. Shares the column's buffers wherever the layouts are the same. */
export function dataFromColumn(column: Column): Data {
  const { type, layout, length, children } = column;
  const validity = column.validity === undefined ? undefined : aligned(column.validity, column.validityOffset, length);
  const nullCount =
    layout.kind === 'null' ? length : validity === undefined ? 0 : length - countBits(validity, 0, length);
  const offsets =
    layout.kind === 'bytes' || layout.kind === 'list'
      ? layout.large
        ? widenOffsets(column.offsets!)
        : column.offsets
      : undefined;
  const values =
    layout.kind === 'bits'
      ? aligned(column.values ?? noBytes, column.valuesOffset, length)
      : layout.kind === 'fixed' || layout.kind === 'bytes'
        ? typedValues(column)
        : undefined;
  const buffers = [offsets, values, validity, undefined] as unknown as ConstructorParameters<typeof Data>[4];
  return new Data(type, 0, length, nullCount, buffers, children.map(dataFromColumn));
}
