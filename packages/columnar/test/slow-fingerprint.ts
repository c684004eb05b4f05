import { DataType, type Data, type RecordBatch } from 'apache-arrow';
import murmurHash3 from 'murmurhash3js-revisited';
import { valueAt, type Value } from './value-tree.ts';

/** docs/reference/fingerprint.md read sentence by sentence, one value after the other: shares nothing with the kernels, not even the hash. */
export function slowFingerprints({ numRows, data, schema }: RecordBatch): string[] {
  const types = schema.fields.map((field) => field.type as DataType);
  return Array.from({ length: numRows }, (_, row) => {
    const values = data.children.map((child: Data) => valueAt(child, row));
    const words = Uint32Array.from(members(types, values));
    const hash = murmurHash3.x86.hash128(new Uint8Array(words.buffer), 0);
    // It writes h1 first; a fingerprint has its most significant digits first.
    return [3, 2, 1, 0].map((lane) => hash.slice(8 * lane, 8 * lane + 8)).join('');
  });
}

function members(types: readonly DataType[], values: readonly Value[]): number[] {
  const bitmap: number[] = Array.from({ length: Math.ceil(values.length / 32) }, () => 0);
  const words: number[] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    bitmap[Math.floor(index / 32)]! += 2 ** (index % 32);
    for (const word of wordsOfValue(types[index]!, value)) words.push(word);
  });
  return [...bitmap, ...words];
}

function wordsOfValue(type: DataType, value: Exclude<Value, null>): number[] {
  if (typeof value === 'boolean') return [value ? 1 : 0];
  if (DataType.isDictionary(type)) return wordsOfValue(type.dictionary as DataType, value);
  if (value instanceof Uint8Array) return hasLength(type) ? [value.length, ...padded(value)] : fixedWords(type, value);
  const children = type.children.map((child) => child.type as DataType);
  if (DataType.isStruct(type)) return members(children, value);
  return [
    value.length,
    ...members(
      value.map(() => children[0]!),
      value,
    ),
  ];
}

function hasLength(type: DataType): boolean {
  return [
    DataType.isUtf8,
    DataType.isLargeUtf8,
    DataType.isBinary,
    DataType.isLargeBinary,
    DataType.isFixedSizeBinary,
  ].some((is) => is(type));
}

/** Four bytes to a word, the first in the lowest bits. */
function padded(bytes: Uint8Array): number[] {
  return Array.from({ length: Math.ceil(bytes.length / 4) }, (_, word) =>
    [0, 1, 2, 3].reduce((sum, byte) => sum + (bytes[4 * word + byte] ?? 0) * 256 ** byte, 0),
  );
}

/** Small values become one word: signed integers keep their sign. */
function fixedWords(type: DataType, value: Uint8Array): number[] {
  const [word = 0, ...rest] = padded(value);
  const sign = 2 ** (8 * value.length);
  const negative = value.length < 4 && DataType.isInt(type) && type.isSigned && word >= sign / 2;
  return [negative ? word - sign + 2 ** 32 : word, ...rest];
}
