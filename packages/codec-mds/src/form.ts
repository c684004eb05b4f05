import { DataType, type Field } from 'apache-arrow';
import { bytesOfDtype, dtypeOf } from './dtypes.ts';

/** How the values of a column stand in a shard. */
export interface Form {
  /**
   * `fixed`: the bytes of numbers as Arrow has them, one or an array whose shape all rows share. `bool`: 0 or 1. `bytes`, `text`: as they are. `array`: a list
   * of numbers behind its shape. `spelled`: a text for a type that MDS has not. `json`: JSON.
   */
  readonly layout: 'fixed' | 'bool' | 'bytes' | 'text' | 'array' | 'spelled' | 'json';
  /** As MDS calls it, for instance `ndarray:int32`. */
  readonly encoding: string;
  /** Bytes of each value; null where every value tells its own. */
  readonly size: number | null;
}

/** What can hold every value, null as well. */
export const jsonForm: Form = Object.freeze({ layout: 'json', encoding: 'json', size: null });

/** More bytes would be no array that anybody means. */
const largestArray = 2 ** 31;

const childOf = (type: DataType): DataType => (type.children[0] as Field).type as DataType;

/** Whether values of a type hold byte strings, which JSON does not. */
function holdsBytes(type: DataType): boolean {
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type)) return true;
  return ((type.children ?? []) as Field[]).some((field) => holdsBytes(field.type as DataType));
}

/** Whether a column becomes one column for each field: a struct that holds byte strings, such as the `Audio` of Hugging Face. */
export const isSplit = (type: DataType): boolean => DataType.isStruct(type) && holdsBytes(type);

/** The name of the column that a field of a split column becomes. */
export const splitName = (column: string, field: string): string => `${column}.${field}`;

function fixedArray(type: DataType): Form | undefined {
  const shape: number[] = [];
  let inner = type;
  for (; DataType.isFixedSizeList(inner); inner = childOf(inner)) shape.push(inner.listSize);
  const dtype = dtypeOf(inner);
  if (dtype === undefined || shape.length === 0) return undefined;
  const size = shape.reduce((product, count) => product * count, bytesOfDtype(dtype));
  if (size < 1 || size >= largestArray) return undefined;
  return { layout: 'fixed', encoding: `ndarray:${dtype}:${shape.join(',')}`, size };
}

function listOfNumbers(type: DataType): Form | undefined {
  if (!DataType.isList(type) && !DataType.isLargeList(type)) return fixedArray(type);
  const dtype = dtypeOf(childOf(type));
  return dtype === undefined ? undefined : { layout: 'array', encoding: `ndarray:${dtype}`, size: null };
}

/**
 * How values of a type are written, if none is null. Undefined where byte strings are nested: of a struct its fields can be written, of lists and maps nothing.
 * Nothing depends on anything but the type, so that writer, reader and index agree.
 */
export function formOf(type: DataType): Form | undefined {
  const dtype = dtypeOf(type);
  if (dtype !== undefined) return { layout: 'fixed', encoding: dtype, size: bytesOfDtype(dtype) };
  if (DataType.isDuration(type)) return { layout: 'fixed', encoding: 'int64', size: 8 };
  if (DataType.isBool(type)) return { layout: 'bool', encoding: 'uint8', size: 1 };
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return { layout: 'text', encoding: 'str', size: null };
  if (DataType.isDecimal(type)) return { layout: 'spelled', encoding: 'str_decimal', size: null };
  if (DataType.isDate(type) || DataType.isTime(type) || DataType.isTimestamp(type))
    return { layout: 'spelled', encoding: 'str', size: null };
  if ((type.children ?? []).length === 0 && holdsBytes(type)) return { layout: 'bytes', encoding: 'bytes', size: null };
  return listOfNumbers(type) ?? (holdsBytes(type) ? undefined : jsonForm);
}
