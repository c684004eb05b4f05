import type { DataType } from 'apache-arrow';
import { typeText } from './types/type-text.ts';

/**
 * Whether two types without children are the same, with all their parameters. apache-arrow's own comparison takes all decimals for one type, so that 1.50
 * and 150 would be the same value, and tells `Float64` from the `Float` of 64 bits that it reads from a schema.
 */
export function sameType(one: DataType, other: DataType): boolean {
  return one === other || (one.typeId === other.typeId && typeText(one) === typeText(other));
}
