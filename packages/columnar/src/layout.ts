import {
  DataType,
  Precision,
  type Decimal,
  type FixedSizeBinary,
  type FixedSizeList,
  type Float,
  type Int,
  type Interval,
  type Time,
} from 'apache-arrow';
import { RiffleError } from '@riffle/core';

/**
 * The physical shape of a type, all that most kernels need to know. `fixed` covers everything whose values are
 * `width` bytes; `bytes` and `list` have offsets, of 64 bits in the Arrow data if `large`.
 */
export type Layout =
  | { readonly kind: 'null' }
  | { readonly kind: 'bits' }
  | { readonly kind: 'fixed'; readonly width: number }
  | { readonly kind: 'bytes'; readonly large: boolean }
  | { readonly kind: 'view' }
  | { readonly kind: 'list'; readonly large: boolean }
  | { readonly kind: 'fixed-list'; readonly size: number }
  | { readonly kind: 'struct' }
  | { readonly kind: 'dictionary' };

const fixed = (width: number): Layout => ({ kind: 'fixed', width });
const floatWidths = { [Precision.HALF]: 2, [Precision.SINGLE]: 4, [Precision.DOUBLE]: 8 } as const;
/** Indexed by IntervalUnit: YEAR_MONTH, DAY_TIME, MONTH_DAY_NANO. */
const intervalWidths = [4, 8, 16] as const;

const known = new WeakMap<DataType, Layout>();

/**
 * Found once for a type object, which never changes: small batches come by the thousand, all of one schema.
 * @throws UNSUPPORTED_CONTENT for unions and for what Arrow may add later.
 */
export function layoutOf(type: DataType): Layout {
  let layout = known.get(type);
  if (layout === undefined) known.set(type, (layout = findLayout(type)));
  return layout;
}

function findLayout(type: DataType): Layout {
  if (DataType.isNull(type)) return { kind: 'null' };
  if (DataType.isBool(type)) return { kind: 'bits' };
  if (DataType.isInt(type)) return fixed((type as Int).bitWidth / 8);
  if (DataType.isFloat(type)) return fixed(floatWidths[(type as Float).precision]);
  if (DataType.isDecimal(type)) return fixed((type as Decimal).bitWidth / 8);
  if (DataType.isDate(type)) return fixed(type.unit === 0 ? 4 : 8);
  if (DataType.isTime(type)) return fixed((type as Time).bitWidth / 8);
  if (DataType.isTimestamp(type) || DataType.isDuration(type)) return fixed(8);
  if (DataType.isInterval(type)) return fixed(intervalWidths[(type as Interval).unit as 0 | 1 | 2]);
  if (DataType.isFixedSizeBinary(type)) return fixed((type as FixedSizeBinary).byteWidth);
  if (DataType.isUtf8(type) || DataType.isBinary(type)) return { kind: 'bytes', large: false };
  if (DataType.isLargeUtf8(type) || DataType.isLargeBinary(type)) return { kind: 'bytes', large: true };
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return { kind: 'view' };
  if (DataType.isList(type) || DataType.isMap(type)) return { kind: 'list', large: false };
  if (DataType.isLargeList(type)) return { kind: 'list', large: true };
  if (DataType.isFixedSizeList(type)) return { kind: 'fixed-list', size: (type as FixedSizeList).listSize };
  if (DataType.isStruct(type)) return { kind: 'struct' };
  if (DataType.isDictionary(type)) return { kind: 'dictionary' };
  throw new RiffleError('UNSUPPORTED_CONTENT', `Riffle cannot move values of the Arrow type ${String(type)}.`);
}
