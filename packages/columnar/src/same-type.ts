import { DataType, util } from 'apache-arrow';

/**
 * Whether two types without children are the same. apache-arrow's own comparison takes all decimals for one type, whatever their
 * precision and scale: 1.50 and 150 would be the same value.
 */
export function sameType(one: DataType, other: DataType): boolean {
  if (DataType.isDecimal(one) && DataType.isDecimal(other))
    return one.precision === other.precision && one.scale === other.scale && one.bitWidth === other.bitWidth;
  return util.compareTypes(one, other);
}
