import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTypeId,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { CanonicalRow, CanonicalValue } from '../arrow/rows-of.ts';
import { parquetTable } from './open-duckdb.ts';

/**
 * The rows of one Parquet file as DuckDB reads them, in the form of `rowsOf`: the truth that readers are held against, from another implementation.
 * Knows the types that DuckDB gives without loss; half floats, intervals and time zones of a day are not among them.
 * @throws Error for any other type.
 */
export async function canonicalRowsByDuckDB(connection: DuckDBConnection, file: string): Promise<CanonicalRow[]> {
  const reader = await connection.runAndReadAll(
    `SELECT * EXCLUDE (file_row_number) FROM ${parquetTable(file, ', file_row_number = true')} ORDER BY file_row_number`,
  );
  const [names, types] = [reader.columnNames(), reader.columnTypes()];
  return reader
    .getRows()
    .map((row) => record(names.map((name, index) => [name, canonical(types[index]!, row[index]!)])));
}

function canonical(type: DuckDBType, value: DuckDBValue): CanonicalValue {
  if (value === null) return null;
  if (type.typeId === DuckDBTypeId.DOUBLE || type.typeId === DuckDBTypeId.FLOAT)
    return floatBits(value as number, type.typeId === DuckDBTypeId.DOUBLE ? 8 : 4);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (value instanceof DuckDBBlobValue) return `hex:${Buffer.from(value.bytes).toString('hex')}`;
  if (value instanceof DuckDBDateValue) return String(value.days);
  if (value instanceof DuckDBDecimalValue) return String(value.value);
  if (value instanceof DuckDBListValue)
    return value.items.map((item) => canonical((type as { readonly valueType: DuckDBType }).valueType, item));
  if (value instanceof DuckDBStructValue) {
    const { entryNames, entryTypes } = type as {
      readonly entryNames: readonly string[];
      readonly entryTypes: readonly DuckDBType[];
    };
    return record(entryNames.map((name, index) => [name, canonical(entryTypes[index]!, value.entries[name]!)]));
  }
  if (value instanceof DuckDBMapValue) {
    const { keyType, valueType } = type as { readonly keyType: DuckDBType; readonly valueType: DuckDBType };
    return value.entries.map((entry) => [canonical(keyType, entry.key), canonical(valueType, entry.value)]);
  }
  if ('micros' in value && typeof value.micros === 'bigint') return String(value.micros);
  if ('nanos' in value && typeof value.nanos === 'bigint') return String(value.nanos);
  throw new Error(`The test kit cannot put DuckDB's type ${type} in canonical form.`);
}

function record(entries: readonly (readonly [string, CanonicalValue])[]): { [name: string]: CanonicalValue } {
  return Object.assign(Object.create(null) as object, Object.fromEntries(entries));
}

function floatBits(value: number, width: 4 | 8): string {
  const bytes = Buffer.alloc(width);
  if (width === 8) bytes.writeDoubleBE(value);
  else bytes.writeFloatBE(value);
  return bytes.toString('hex');
}
