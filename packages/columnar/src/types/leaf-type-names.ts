import {
  Binary,
  Bool,
  DateDay,
  DateMillisecond,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  LargeBinary,
  LargeUtf8,
  Null,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
  type DataType,
} from 'apache-arrow';

/** Types without parameters by the name that messages use. */
const named: Readonly<Record<string, () => DataType>> = {
  null: () => new Null(),
  bool: () => new Bool(),
  int8: () => new Int8(),
  int16: () => new Int16(),
  int32: () => new Int32(),
  int64: () => new Int64(),
  uint8: () => new Uint8(),
  uint16: () => new Uint16(),
  uint32: () => new Uint32(),
  uint64: () => new Uint64(),
  float16: () => new Float16(),
  float32: () => new Float32(),
  float64: () => new Float64(),
  string: () => new Utf8(),
  large_string: () => new LargeUtf8(),
  binary: () => new Binary(),
  large_binary: () => new LargeBinary(),
  date32: () => new DateDay(),
  date64: () => new DateMillisecond(),
};

/** What else pyarrow, Arrow and `datasets` call them. Views are a layout, which the output does not have. */
const aliases: Readonly<Record<string, string>> = {
  boolean: 'bool',
  halffloat: 'float16',
  half_float: 'float16',
  float: 'float32',
  double: 'float64',
  utf8: 'string',
  string_view: 'string',
  large_utf8: 'large_string',
  bytes: 'binary',
  binary_view: 'binary',
  large_bytes: 'large_binary',
  date: 'date32',
};

/** The type of a name, or of another name for it; undefined for others. */
export function leafTypeOf(name: string): DataType | undefined {
  const known = Object.hasOwn(aliases, name) ? aliases[name]! : name;
  return Object.hasOwn(named, known) ? named[known]!() : undefined;
}
