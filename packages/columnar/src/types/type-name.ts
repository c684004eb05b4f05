import {
  DataType,
  type Decimal,
  type Duration,
  type FixedSizeBinary,
  type Float,
  type Int,
  type Interval,
  type Time,
  type Timestamp,
} from 'apache-arrow';

/** Indexed by TimeUnit. */
const units = ['s', 'ms', 'us', 'ns'] as const;
/** Indexed by IntervalUnit. */
const intervals = ['year_month', 'day_time', 'month_day_nano'] as const;

/**
 * A type by the one name that all messages use: pyarrow's, with the floats' width as in its functions and in Hugging Face's `Value`
 * (`string`, `large_string`, `float32`, `float64`, `date32`, `timestamp[us, UTC]`, `decimal128(9, 2)`). Nested types by their kind alone;
 * `typeText` goes into them.
 */
export function typeName(type: DataType): string {
  if (DataType.isInt(type)) return `${(type as Int).isSigned ? '' : 'u'}int${(type as Int).bitWidth}`;
  if (DataType.isFloat(type)) return `float${16 << (type as Float).precision}`;
  if (DataType.isDecimal(type)) {
    const { bitWidth, precision, scale } = type as Decimal;
    return `decimal${bitWidth}(${precision}, ${scale})`;
  }
  if (DataType.isDate(type)) return type.unit === 0 ? 'date32' : 'date64';
  if (DataType.isTime(type)) return `time${(type as Time).bitWidth}[${units[(type as Time).unit]}]`;
  if (DataType.isTimestamp(type)) {
    const { unit, timezone } = type as Timestamp;
    return `timestamp[${units[unit]}${hasZone(type) ? `, ${zoneText(timezone!)}` : ''}]`;
  }
  if (DataType.isDuration(type)) return `duration[${units[(type as Duration).unit]}]`;
  if (DataType.isInterval(type)) return `interval[${intervals[(type as Interval).unit as 0 | 1 | 2]}]`;
  if (DataType.isFixedSizeBinary(type)) return `fixed_size_binary(${(type as FixedSizeBinary).byteWidth})`;
  if (DataType.isFixedSizeList(type)) return `fixed_size_list(${type.listSize})`;
  if (DataType.isLargeUtf8(type)) return 'large_string';
  if (DataType.isLargeBinary(type)) return 'large_binary';
  if (DataType.isLargeList(type)) return 'large_list';
  if (DataType.isMap(type)) return 'map';
  if (DataType.isStruct(type)) return 'struct';
  if (DataType.isList(type)) return 'list';
  if (DataType.isUtf8(type)) return 'string';
  if (DataType.isUtf8View(type)) return 'string_view';
  if (DataType.isBinaryView(type)) return 'binary_view';
  if (DataType.isDictionary(type)) return 'dictionary';
  if (DataType.isNull(type) || DataType.isBool(type) || DataType.isBinary(type)) return String(type).toLowerCase();
  return String(type);
}

/** Zones come from files: one with spaces or brackets in it is quoted as a JSON string. */
function zoneText(zone: string): string {
  return /^[\w+\-/:.]+$/.test(zone) ? zone : JSON.stringify(zone);
}

/** Whether a timestamp is an instant, not the face of a clock somewhere. Arrow takes an empty zone for none. */
export function hasZone(type: DataType): boolean {
  const { timezone } = type as Timestamp;
  return timezone !== null && timezone !== undefined && timezone !== '';
}

export function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type);
}

export function isBinary(type: DataType): boolean {
  return DataType.isBinary(type) || DataType.isLargeBinary(type);
}
