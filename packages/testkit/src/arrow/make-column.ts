import { Data, DataType, makeData, Vector, type Field } from 'apache-arrow';
import type { Random } from '../random.ts';
import { fixedValues, fixedWidth } from './fixed-values.ts';

const syllables = ['a', 'wave', 'ß', '音', '👋', ' ', 'é', '\u0000', 'quiet', 'ñandú'];

/** `makeData` for a type known only when it runs; its overloads want it known before. */
const makeAny = makeData as (properties: { readonly type: DataType; readonly [name: string]: unknown }) => Data;

/**
 * Makes one column of `rows` random values at buffer level, as other Arrow writers may lay it out: with unused values behind nulls, offsets that do not
 * start at 0, and (one time in four, at every level) as a slice of a longer array. Fields that are not nullable get no nulls.
 * @param nullShare Probability of a null where the field allows it, at every level, 0 … 1.
 */
export function makeColumn(field: Field, rows: number, random: Random, nullShare: number): Data {
  if (!random.chance(0.25)) return build(field, rows, random, nullShare);
  const before = random.below(20);
  return build(field, rows + before + random.below(3), random, nullShare).slice(before, rows);
}

function build(field: Field, rows: number, random: Random, nullShare: number): Data {
  const type: DataType = field.type;
  if (DataType.isNull(type)) return makeAny({ type, length: rows });
  const nullBitmap = field.nullable && nullShare > 0 ? validity(rows, random, nullShare) : undefined;
  const common = { length: rows, ...(nullBitmap === undefined ? { nullCount: 0 } : { nullBitmap }) };
  const child = (index: number, length: number): Data => makeColumn(type.children[index]!, length, random, nullShare);
  const sizes = (maximum: number): number[] =>
    Array.from({ length: rows }, (_, row) => size(row, maximum, nullBitmap, random));

  if (fixedWidth(type) !== undefined) {
    const bytes = fixedValues(type, rows, random);
    return makeAny({ type, ...common, data: new type.ArrayType(bytes.buffer) });
  }
  if (DataType.isBool(type)) return makeAny({ type: type, ...common, data: randomBytes(Math.ceil(rows / 8), random) });
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isBinary(type) || DataType.isLargeBinary(type)) {
    const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type);
    const values = sizes(6).map((length) => (isText ? text(length, random) : randomBytes(length * 3, random)));
    const { offsets, end } = offsetsOf(
      values.map((value) => value.length),
      random,
    );
    const data = isText ? new Uint8Array(end).fill(0x7e) : randomBytes(end, random);
    values.forEach((value, row) => data.set(value, offsets[row]!));
    return makeAny({ type, ...common, valueOffsets: typedOffsets(type, offsets), data });
  }
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isMap(type)) {
    const { offsets, end } = offsetsOf(sizes(4), random);
    return makeAny({ type, ...common, valueOffsets: typedOffsets(type, offsets), child: child(0, end) });
  }
  if (DataType.isFixedSizeList(type)) return makeAny({ type, ...common, child: child(0, rows * type.listSize) });
  if (DataType.isStruct(type))
    return makeAny({ type, ...common, children: type.children.map((_, index) => child(index, rows)) });
  if (DataType.isDictionary(type)) {
    const size = 1 + random.below(7);
    const dictionary = new Vector([makeColumn(field.clone({ type: type.dictionary }), size, random, nullShare / 4)]);
    const data = (type.indices.ArrayType as Int32ArrayConstructor).from({ length: rows }, () => random.below(size));
    return makeAny({ type, ...common, data, dictionary });
  }
  throw new Error(`The test data maker does not know the Arrow type ${type}; add it to make-column.ts.`);
}

function validity(rows: number, random: Random, nullShare: number): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(rows / 8));
  for (let row = 0; row < rows; row++) if (!random.chance(nullShare)) bitmap[row >> 3]! |= 1 << (row & 7);
  return bitmap;
}

/** Items in one slot. A null slot is mostly empty, yet Arrow allows any range behind it. */
function size(row: number, maximum: number, nullBitmap: Uint8Array | undefined, random: Random): number {
  const isNull = nullBitmap !== undefined && (nullBitmap[row >> 3]! & (1 << (row & 7))) === 0;
  return (isNull && random.chance(0.7)) || random.chance(0.2) ? 0 : random.below(maximum + 1);
}

function offsetsOf(lengths: readonly number[], random: Random): { offsets: number[]; end: number } {
  const offsets = [random.chance(0.25) ? random.below(10) : 0];
  for (const length of lengths) offsets.push(offsets.at(-1)! + length);
  return { offsets, end: offsets.at(-1)! + (random.chance(0.25) ? random.below(5) : 0) };
}

function typedOffsets(type: DataType, offsets: readonly number[]): Int32Array | BigInt64Array {
  const large = DataType.isLargeList(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
  return large ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets);
}

function text(length: number, random: Random): Uint8Array {
  return new TextEncoder().encode(Array.from({ length }, () => random.pick(syllables)).join(''));
}

function randomBytes(length: number, random: Random): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256));
}
