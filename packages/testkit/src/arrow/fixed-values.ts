import { DataType, DateUnit, Precision, TimeUnit } from 'apache-arrow';
import type { Random } from '../random.ts';

/** Bit patterns that break careless code: zeros of both signs, infinities, NaNs with payloads (quiet, signalling, negative), the least subnormal. */
const floatEdges = {
  [Precision.HALF]: [0n, 0x8000n, 0x7c00n, 0xfc00n, 0x7e00n, 0x7e01n, 0x7c01n, 0xfe55n, 1n, 0x3c00n],
  [Precision.SINGLE]: [
    0n,
    0x8000_0000n,
    0x7f80_0000n,
    0xff80_0000n,
    0x7fc0_0000n,
    0x7fc1_2345n,
    0x7f80_0001n,
    0xffc0_0001n,
    1n,
    0x3f80_0000n,
  ],
  [Precision.DOUBLE]: [
    0n,
    0x8000_0000_0000_0000n,
    0x7ff0_0000_0000_0000n,
    0xfff0_0000_0000_0000n,
    0x7ff8_0000_0000_0000n,
    0x7ff8_0000_dead_beefn,
    0x7ff0_0000_0000_0001n,
    0xfff8_0000_0000_0001n,
    1n,
    0x3ff0_0000_0000_0000n,
  ],
} as const;

const millisecondsPerDay = 86_400_000n;
const unitsPerDay = {
  [TimeUnit.SECOND]: 86_400n,
  [TimeUnit.MILLISECOND]: millisecondsPerDay,
  [TimeUnit.MICROSECOND]: 86_400_000_000n,
  [TimeUnit.NANOSECOND]: 86_400_000_000_000n,
};

/** Width of one value in bytes, for types whose values have one width; undefined for all others. */
export function fixedWidth(type: DataType): number | undefined {
  if (DataType.isInt(type)) return type.bitWidth / 8;
  if (DataType.isFloat(type)) return 2 << type.precision;
  if (DataType.isDecimal(type)) return type.bitWidth / 8;
  if (DataType.isDate(type)) return type.unit === DateUnit.DAY ? 4 : 8;
  if (DataType.isTime(type)) return type.bitWidth / 8;
  if (DataType.isTimestamp(type) || DataType.isDuration(type)) return 8;
  if (DataType.isFixedSizeBinary(type)) return type.byteWidth;
  return undefined;
}

/** Writes `rows` values of a fixed-width type, edge cases among them, as little-endian bytes. All are valid values of the type. */
export function fixedValues(type: DataType, rows: number, random: Random): Uint8Array {
  const width = fixedWidth(type)!;
  const bytes = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    if (DataType.isFixedSizeBinary(type))
      for (let at = 0; at < width; at++) bytes[row * width + at] = random.below(256);
    else writeInteger(bytes, row * width, width, fixedValue(type, random));
  }
  return bytes;
}

/** Little-endian two's complement. */
function writeInteger(bytes: Uint8Array, start: number, width: number, value: bigint): void {
  let rest = value;
  for (let at = 0; at < width; at++) {
    bytes[start + at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
}

function fixedValue(type: DataType, random: Random): bigint {
  if (DataType.isFloat(type)) return random.chance(0.4) ? random.pick(floatEdges[type.precision]) : random.uint64();
  if (DataType.isDecimal(type)) return decimal(type.precision, random);
  if (DataType.isDate(type)) return type.unit === DateUnit.DAY ? day(random) : day(random) * millisecondsPerDay;
  if (DataType.isTime(type))
    return random.chance(0.2)
      ? random.pick([0n, unitsPerDay[type.unit] - 1n])
      : random.uint64() % unitsPerDay[type.unit];
  const bits = DataType.isInt(type) ? BigInt(type.bitWidth) : 64n;
  if (random.chance(0.3))
    return random.pick([0n, 1n, -1n, 1n << (bits - 1n), (1n << (bits - 1n)) - 1n, (1n << bits) - 1n]);
  return random.chance(0.5) ? BigInt(random.below(100)) : random.uint64();
}

function decimal(precision: number, random: Random): bigint {
  const bound = 10n ** BigInt(precision);
  const magnitude = random.chance(0.2) ? random.pick([0n, 1n, bound - 1n]) : wide(random) % bound;
  return random.chance(0.5) ? -magnitude : magnitude;
}

function wide(random: Random): bigint {
  return (random.uint64() << 192n) | (random.uint64() << 128n) | (random.uint64() << 64n) | random.uint64();
}

/** Days around the epoch; the years 1 to 9999 so that other tools can print them. */
function day(random: Random): bigint {
  return random.chance(0.2) ? random.pick([0n, -1n, -719_162n, 2_932_896n]) : BigInt(random.below(3_652_058) - 719_162);
}
