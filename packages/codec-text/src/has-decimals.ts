import { DataType, type Field } from 'apache-arrow';

/** Whether fractions must be read as they are written: a double would change them. */
export function hasDecimals(fields: readonly Field[]): boolean {
  return fields.some(
    ({ type }) => DataType.isDecimal(type) || hasDecimals(((type as DataType).children ?? []) as Field[]),
  );
}
