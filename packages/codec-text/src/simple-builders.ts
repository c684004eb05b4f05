import { DataType } from 'apache-arrow';
import type { Builder } from './builder.ts';
import { bytesOfCell } from './leaf-stores.ts';
import { makeAny } from './make-any.ts';
import { createValidity } from './validity.ts';
import { noValue, ValueProblem } from './value-problem.ts';

export function nullBuilder(type: DataType): Builder {
  let length = 0;
  return {
    append: (cell) => {
      throw noValue(cell, 'null, and the column has no other type');
    },
    appendNull: () => void length++,
    finish() {
      const data = makeAny({ type, length });
      length = 0;
      return data;
    },
  };
}

export function boolBuilder(type: DataType): Builder {
  const validity = createValidity();
  let values: boolean[] = [];
  return {
    append(cell) {
      if (typeof cell !== 'boolean') throw noValue(cell, 'bool');
      validity.push(true);
      values.push(cell);
    },
    appendNull() {
      validity.push(false);
      values.push(false);
    },
    finish() {
      const data = new Uint8Array((values.length + 7) >> 3);
      for (const [index, value] of values.entries()) if (value) data[index >> 3]! |= 1 << (index & 7);
      values = [];
      return makeAny({ type, ...validity.take(), data });
    },
  };
}

/** Offsets of 32 or 64 bits, as the type has them. */
export function offsetsOf(type: DataType, lengths: Iterable<number>, count: number): Int32Array | BigInt64Array {
  const isLarge = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type) || DataType.isLargeList(type);
  const offsets = isLarge ? new BigInt64Array(count + 1) : new Int32Array(count + 1);
  let end = 0;
  let index = 1;
  for (const length of lengths) {
    end += length;
    if (isLarge) offsets[index++] = BigInt(end);
    else if (end > 2 ** 31 - 1) throw new ValueProblem('the values of one batch take more than 2 GiB');
    else offsets[index++] = end;
  }
  return offsets;
}

const loneSurrogate = /\p{Surrogate}/u;

/** Texts are joined before they are encoded, all at once. */
export function textBuilder(type: DataType): Builder {
  const validity = createValidity();
  let texts: string[] = [];
  return {
    append(cell) {
      if (typeof cell !== 'string') throw noValue(cell, 'text');
      if (loneSurrogate.test(cell))
        throw new ValueProblem('a text has half a surrogate pair, which UTF-8 has no bytes for');
      validity.push(true);
      texts.push(cell);
    },
    appendNull() {
      validity.push(false);
      texts.push('');
    },
    finish() {
      const joined = texts.join('');
      const data = Buffer.from(joined);
      const isAscii = data.length === joined.length;
      const lengths = isAscii ? texts.map(({ length }) => length) : texts.map((text) => Buffer.byteLength(text));
      texts = [];
      return makeAny({ type, ...validity.take(), valueOffsets: offsetsOf(type, lengths, lengths.length), data });
    },
  };
}

/** Bytes are spelled in base64, or given as they are. */
export function binaryBuilder(type: DataType): Builder {
  const validity = createValidity();
  let values: Uint8Array[] = [];
  const nothing = Buffer.alloc(0);
  return {
    append(cell) {
      const bytes = bytesOfCell(cell);
      if (bytes === undefined) throw noValue(cell, 'base64');
      validity.push(true);
      values.push(bytes);
    },
    appendNull() {
      validity.push(false);
      values.push(nothing);
    },
    finish() {
      const data = Buffer.concat(values);
      const valueOffsets = offsetsOf(
        type,
        values.map(({ length }) => length),
        values.length,
      );
      values = [];
      return makeAny({ type, ...validity.take(), valueOffsets, data });
    },
  };
}
