import {
  DataType,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
} from 'apache-arrow';

/** Numbers as NumPy calls them: bytes of a value, and the Arrow type. All are little-endian, as NumPy has them on the machines of today. */
const table = {
  int8: { bytes: 1, make: () => new Int8() },
  int16: { bytes: 2, make: () => new Int16() },
  int32: { bytes: 4, make: () => new Int32() },
  int64: { bytes: 8, make: () => new Int64() },
  uint8: { bytes: 1, make: () => new Uint8() },
  uint16: { bytes: 2, make: () => new Uint16() },
  uint32: { bytes: 4, make: () => new Uint32() },
  uint64: { bytes: 8, make: () => new Uint64() },
  float16: { bytes: 2, make: () => new Float16() },
  float32: { bytes: 4, make: () => new Float32() },
  float64: { bytes: 8, make: () => new Float64() },
} as const satisfies Readonly<Record<string, { readonly bytes: number; readonly make: () => DataType }>>;

/** The name of a type of numbers, such as `int16`. */
export type Dtype = keyof typeof table;

export const isDtype = (name: string | undefined): name is Dtype => name !== undefined && Object.hasOwn(table, name);

/** Bytes of one number. */
export const bytesOfDtype = (dtype: Dtype): number => table[dtype].bytes;

export const typeOfDtype = (dtype: Dtype): DataType => table[dtype].make();

/** The name of integers and floats; undefined for all other types. */
export function dtypeOf(type: DataType): Dtype | undefined {
  if (DataType.isInt(type)) return `${type.isSigned ? 'int' : 'uint'}${type.bitWidth}` as Dtype;
  return DataType.isFloat(type) ? (`float${16 << type.precision}` as Dtype) : undefined;
}
