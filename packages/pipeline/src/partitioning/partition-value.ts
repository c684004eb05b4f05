import { batchOfColumns, columnsOfBatch, takeColumn, type Column } from '@riffle/columnar';
import { BadContentError } from '@riffle/core';
import { DataType, Field, RecordBatch, Schema, Struct, makeData, vectorFromArray } from 'apache-arrow';

/** A value as the receipt and the names of folders have it. */
export type PartitionValue = string | null;

/** Whether values of this type can name folders: texts, whole numbers, booleans. */
export function canPartition(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isInt(type) || DataType.isBool(type);
}

/** The value of each row of a column. */
export function valuesOf(field: Field, column: Column): readonly PartitionValue[] {
  const vector = batchOfColumns(new Schema([field]), { rows: column.length, columns: [column] }).getChildAt(0)!;
  return Array.from({ length: column.length }, (_, row) => {
    const value: unknown = vector.get(row);
    return value === null || value === undefined ? null : String(value);
  });
}

function parse(type: DataType, text: string): string | number | bigint | boolean | undefined {
  if (DataType.isBool(type)) return text === 'true' ? true : text === 'false' ? false : undefined;
  if (!DataType.isInt(type)) return text;
  if (!/^-?\d{1,20}$/.test(text)) return undefined;
  const wide = BigInt(text);
  const fits = type.isSigned ? BigInt.asIntN(type.bitWidth, wide) : BigInt.asUintN(type.bitWidth, wide);
  if (fits !== wide) return undefined;
  return type.bitWidth === 64 ? wide : Number(wide);
}

/**
 * A column that has the same value in all rows.
 * @throws BadContentError if there is no such value of this type.
 */
export function columnOf(field: Field, value: PartitionValue, rows: number): Column {
  const type = field.type as DataType;
  const parsed = value === null ? null : parse(type, value);
  if (parsed === undefined || !canPartition(type))
    throw new BadContentError(`${JSON.stringify(value)} is no value of column ${field.name} (${String(type)}).`);
  const one = new Field(field.name, type, true);
  const children = [vectorFromArray([parsed], type).data[0]!];
  const batch = new RecordBatch(
    new Schema([one]),
    makeData({ type: new Struct([one]), length: 1, nullCount: 0, children }),
  );
  return takeColumn(columnsOfBatch(batch).columns, { which: undefined, rows: new Uint32Array(rows) }, 0, rows);
}
