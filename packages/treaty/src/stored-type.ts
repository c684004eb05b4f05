import { typeWithChildren } from '@riffle/columnar';
import { DataType, DateDay, Field } from 'apache-arrow';

/**
 * The type as Parquet can store it. Parquet has one type of dates, days; Arrow's date64 would become an INT64 without a logical type, which
 * everyone reads as a number.
 */
export function storedType(type: DataType): DataType {
  if (DataType.isDate(type)) return type.unit === 0 ? type : new DateDay();
  const fields = (type.children ?? []) as Field[];
  const stored = fields.map(storedField);
  return stored.every((field, index) => field === fields[index]) ? type : typeWithChildren(type, stored);
}

function storedField(field: Field): Field {
  const type = storedType(field.type as DataType);
  return type === field.type ? field : new Field(field.name, type, field.nullable, field.metadata);
}
