import { DataType, type Decimal, type Field, type FixedSizeList, type Float, type Int, type Time } from 'apache-arrow';
import type { Conversion } from '../../src/convert/conversion.ts';
import { halves, type Logical } from './logical-values.ts';

/** Stands for: this must be refused. */
export class Refused extends Error {}

/** What a value must become, one value at a time, in BigInt. Knows all conversions but `text`, whose oracles are pyarrow and the way back. */
export function slowConversion(from: DataType, to: DataType, conversion: Conversion, value: Logical): Logical {
  if (conversion.kind === 'null') return null;
  if (conversion.kind === 'constant') {
    const own = conversion.otherwise && slowConversion(from, to, conversion.otherwise, value);
    return own ?? (conversion.value as Logical);
  }
  if (value === null) return null;
  const source = DataType.isDictionary(from) ? (from.dictionary as DataType) : from;
  switch (conversion.kind) {
    case 'keep':
      if (DataType.isFixedSizeBinary(to)) require((value as Uint8Array).length === to.byteWidth);
      return value;
    case 'number':
      if (typeof value === 'boolean') return value ? 1n : 0n;
      if (DataType.isBool(to)) {
        require(value === 0n || value === 1n);
        return value === 1n;
      }
      return slowNumber(to, value as bigint | number);
    case 'decimal':
      return slowDecimal(source, to, value as bigint);
    case 'time':
      return slowTime(source, to, value as bigint);
    case 'labels': {
      if (value === -1n) return fitting(to, value);
      require((value as bigint) >= 0n && (value as bigint) < BigInt(conversion.map.length));
      return fitting(to, BigInt(conversion.map[Number(value)]!));
    }
    case 'label-names': {
      if (value === -1n) return null;
      require((value as bigint) >= 0n && (value as bigint) < BigInt(conversion.names.length));
      return conversion.names[Number(value)]!;
    }
    case 'label-numbers': {
      const at = conversion.names.indexOf(value as string);
      require(at >= 0);
      return fitting(to, BigInt(at));
    }
    case 'list': {
      const items = value as readonly Logical[];
      if (DataType.isFixedSizeList(to)) require(items.length === (to as FixedSizeList).listSize);
      return items.map((item) => slowConversion(childType(source, 0), childType(to, 0), conversion.element, item));
    }
    case 'struct':
      return conversion.fields.map((field, index) =>
        slowConversion(
          field.source === undefined ? to : childType(source, field.source),
          childType(to, index),
          field.conversion,
          field.source === undefined ? null : (value as readonly Logical[])[field.source]!,
        ),
      );
    case 'map': {
      const [entry, target] = [childType(source, 0), childType(to, 0)];
      return (value as readonly (readonly Logical[])[]).map(([key, item]) => [
        slowConversion(childType(entry, 0), childType(target, 0), conversion.key, key!),
        slowConversion(childType(entry, 1), childType(target, 1), conversion.value, item!),
      ]);
    }
    case 'text':
      throw new Error('The slow conversion does not know text.');
  }
}

const childType = (type: DataType, index: number) => (type.children as Field[])[index]!.type as DataType;

function require(condition: boolean): void {
  if (!condition) throw new Refused();
}

function fitting(type: DataType, value: bigint): bigint {
  const { bitWidth, isSigned } = type as Int;
  require(value === (isSigned ? BigInt.asIntN(bitWidth, value) : BigInt.asUintN(bitWidth, value)));
  return value;
}

function slowNumber(to: DataType, value: bigint | number): Logical {
  if (DataType.isInt(to)) {
    if (typeof value === 'number') require(Number.isInteger(value));
    return fitting(to, BigInt(value));
  }
  if (Number.isNaN(value)) return NaN;
  const number = Number(value);
  if (typeof value === 'bigint') require(BigInt(number) === value);
  const { precision } = to as Float;
  if (precision === 0) require(halves.includes(number));
  if (precision === 1) require(Math.fround(number) === number);
  return number;
}

const scaleOf = (type: DataType) => (DataType.isDecimal(type) ? (type as Decimal).scale : 0);

function slowDecimal(from: DataType, to: DataType, value: bigint): bigint {
  // Both sides as whole numbers of a unit that is fine enough for either.
  const numerator = value * 10n ** BigInt(100 - scaleOf(from));
  const unit = 10n ** BigInt(100 - scaleOf(to));
  require(numerator % unit === 0n);
  const result = numerator / unit;
  if (!DataType.isDecimal(to)) return fitting(to, result);
  const limit = 10n ** BigInt((to as Decimal).precision);
  require(result < limit && result > -limit);
  return result;
}

function nanoseconds(type: DataType): bigint {
  if (DataType.isDate(type)) return type.unit === 0 ? 86_400_000_000_000n : 1_000_000n;
  return [1_000_000_000n, 1_000_000n, 1000n, 1n][(type as Time).unit]!;
}

function slowTime(from: DataType, to: DataType, value: bigint): bigint {
  const total = value * nanoseconds(from);
  require(total % nanoseconds(to) === 0n);
  const result = total / nanoseconds(to);
  const bits = DataType.isDate(to) ? (to.unit === 0 ? 32 : 64) : DataType.isTime(to) ? to.bitWidth : 64;
  require(BigInt.asIntN(bits, result) === result);
  return result;
}
