import { DataType, type Int } from 'apache-arrow';
import { typeName } from '../types/type-name.ts';

const laneTypes = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  float32: Float32Array,
} as const;

/** Number types whose values JavaScript's typed arrays turn into numbers, all of them exact in a double. */
export type LaneKind = keyof typeof laneTypes;
export type NumberKind = LaneKind | 'int64' | 'uint64' | 'float16' | 'float64';
export type Lanes = InstanceType<(typeof laneTypes)[LaneKind]>;

/** Bits of whole numbers that a type holds without gaps; unsigned ones are told apart by {@link isUnsigned}. */
const wholeBits: { readonly [kind in NumberKind]: number } = {
  int8: 7,
  int16: 15,
  int32: 31,
  int64: 63,
  uint8: 8,
  uint16: 16,
  uint32: 32,
  uint64: 64,
  float16: 11,
  float32: 24,
  float64: 53,
};

export function numberKind(type: DataType): NumberKind | undefined {
  return DataType.isInt(type) || DataType.isFloat(type) ? (typeName(type) as NumberKind) : undefined;
}

export function integerType(type: DataType): Int | undefined {
  return DataType.isInt(type) ? (type as Int) : undefined;
}

export function isLaneKind(kind: NumberKind): kind is LaneKind {
  return Object.hasOwn(laneTypes, kind);
}

/** `bytes` as numbers; their start must be a multiple of the width. */
export function lanesOf(kind: LaneKind, bytes: Uint8Array): Lanes {
  const LaneType = laneTypes[kind];
  return new LaneType(
    bytes.buffer as ArrayBuffer,
    bytes.byteOffset,
    Math.floor(bytes.byteLength / LaneType.BYTES_PER_ELEMENT),
  );
}

const isFloat = (kind: NumberKind) => kind.startsWith('float');
const isUnsigned = (kind: NumberKind) => kind.startsWith('u');

/** Whether every value of `source` is one of `target`, so that nothing needs to be checked. */
export function holdsAll(source: NumberKind, target: NumberKind): boolean {
  if (isFloat(source) && !isFloat(target)) return false;
  if (isUnsigned(target) && !isUnsigned(source)) return false;
  return wholeBits[source] <= wholeBits[target];
}
