import { BadContentError } from '@riffle/core';
import type { Footer } from '@riffle/codec-parquet';
import {
  DataType,
  type Decimal,
  type Dictionary,
  type Field,
  type FixedSizeBinary,
  type FixedSizeList,
  type Float,
  type Int,
  type Schema,
} from 'apache-arrow';

/** A leaf of an Arrow schema: a type that holds values, or a dictionary of such. */
export interface ArrowLeaf {
  readonly type: DataType;
  /** Product of the sizes of fixed-size lists around it, 1 where there are none. Null lists take up their full size. */
  readonly fixedElements: number;
  /** Whether lists of varying length or maps are around it. */
  readonly inLists: boolean;
}

function leavesBelow(fields: readonly Field[], fixedElements: number, inLists: boolean): ArrowLeaf[] {
  return fields.flatMap((field) => {
    const type = field.type as DataType;
    const children = type.children ?? [];
    if (children.length === 0) return [{ type, fixedElements, inLists }];
    if (DataType.isFixedSizeList(type))
      return leavesBelow(children, fixedElements * Math.max(1, (type as FixedSizeList).listSize), inLists);
    return leavesBelow(children, fixedElements, inLists || !DataType.isStruct(type));
  });
}

/**
 * The Arrow leaf of each Parquet leaf column, in order.
 * @throws BadContentError if the Arrow schema that the codec derived has other leaves than the file.
 */
export function arrowLeaves(footer: Footer, schema: Schema): ArrowLeaf[] {
  const leaves = leavesBelow(schema.fields, 1, false);
  if (leaves.length !== footer.leaves.length) {
    throw new BadContentError(
      `Its schema cannot be read: ${footer.leaves.length} Parquet columns became ${leaves.length} Arrow columns.`,
      {},
      { code: 'UNSUPPORTED_CONTENT' },
    );
  }
  return leaves;
}

/** Bytes of one value, or undefined for strings and binaries. A dictionary's is that of its values. Booleans count one byte. */
export function fixedWidth(type: DataType): number | undefined {
  if (DataType.isDictionary(type)) return fixedWidth((type as Dictionary).dictionary);
  if (DataType.isNull(type)) return 0;
  if (DataType.isBool(type)) return 1;
  if (DataType.isInt(type)) return (type as Int).bitWidth / 8;
  if (DataType.isFloat(type)) return [2, 4, 8][(type as Float).precision]!;
  if (DataType.isDecimal(type)) return (type as Decimal).bitWidth / 8;
  if (DataType.isDate(type)) return type.unit === 0 ? 4 : 8;
  if (DataType.isTime(type)) return type.bitWidth / 8;
  if (DataType.isTimestamp(type) || DataType.isDuration(type)) return 8;
  if (DataType.isInterval(type)) return 16;
  if (DataType.isFixedSizeBinary(type)) return (type as FixedSizeBinary).byteWidth;
  return undefined;
}
