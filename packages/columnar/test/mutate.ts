import type { Random } from '@riffle/testkit';
import { DataType, type Field } from 'apache-arrow';
import type { Value } from './value-tree.ts';

/** One value changed in one place, as little as its type allows; undefined if nothing in it can be changed. */
export function mutated(type: DataType, value: Value, random: Random, depth = 0): Value | undefined {
  const inner = DataType.isDictionary(type) ? (type.dictionary as DataType) : type;
  if (inner !== type) return mutated(inner, value, random, depth);
  if (DataType.isNull(type)) return undefined;
  if (value === null) return emptyValue(type);
  if (random.chance(depth === 0 ? 0.2 : 0.1)) return null;
  if (typeof value === 'boolean') return !value;
  if (value instanceof Uint8Array) return mutatedBytes(type, value, random);
  const fields = (type.children ?? []) as Field[];
  const lengthIsFree = !DataType.isStruct(type) && !DataType.isFixedSizeList(type);
  if (lengthIsFree && (value.length === 0 || random.chance(0.4)))
    return otherLength(fields[0]!.type as DataType, value, random);
  if (!DataType.isStruct(type) && value.length > 1 && random.chance(0.3)) return value.toReversed();
  if (value.length === 0) return null;
  const at = random.below(value.length);
  const child = mutated((fields[at] ?? fields[0]!).type as DataType, value[at]!, random, depth + 1);
  return child === undefined ? null : value.with(at, child);
}

function otherLength(type: DataType, value: readonly Value[], random: Random): Value {
  if (value.length > 0 && random.chance(0.3)) return value.slice(0, -1);
  return random.chance(0.5) ? [...value, emptyValue(type) ?? null] : [null, ...value];
}

/** The zero, empty or false of a type: what a careless encoding takes for null. Undefined for the null type. */
function emptyValue(type: DataType): Value | undefined {
  if (DataType.isNull(type)) return undefined;
  if (DataType.isDictionary(type)) return emptyValue(type.dictionary as DataType);
  if (DataType.isBool(type)) return false;
  const fields = (type.children ?? []) as Field[];
  if (DataType.isStruct(type)) return fields.map(() => null);
  if (DataType.isFixedSizeList(type)) return Array.from({ length: type.listSize }, () => null);
  if (fields.length > 0) return [];
  const widths = type as unknown as { bitWidth?: number; byteWidth?: number };
  if (DataType.isFixedSizeBinary(type)) return new Uint8Array(widths.byteWidth!);
  if (DataType.isFloat(type)) return new Uint8Array(2 << type.precision);
  if (DataType.isDate(type)) return new Uint8Array(type.unit === 0 ? 4 : 8);
  if (DataType.isTimestamp(type) || DataType.isDuration(type)) return new Uint8Array(8);
  return new Uint8Array(widths.bitWidth === undefined ? 0 : widths.bitWidth / 8);
}

function mutatedBytes(type: DataType, value: Uint8Array, random: Random): Uint8Array {
  const lengthIsFree =
    DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isBinary(type) || DataType.isLargeBinary(type);
  if (lengthIsFree && (value.length === 0 || random.chance(0.4))) {
    return value.length > 0 && random.chance(0.5) ? value.slice(0, -1) : Uint8Array.of(...value, 0);
  }
  const copy = value.slice();
  copy[random.below(copy.length)]! ^= 1 << random.below(8);
  return copy;
}
