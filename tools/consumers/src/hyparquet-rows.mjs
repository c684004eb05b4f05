import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

const NANOSECONDS = { MILLIS: 1_000_000n, MICROS: 1000n, NANOS: 1n };

/** Times as nanoseconds and dates as days: hyparquet's own `Date` has milliseconds. */
const parsers = {
  timestampFromMilliseconds: (value) => value * NANOSECONDS.MILLIS,
  timestampFromMicroseconds: (value) => value * NANOSECONDS.MICROS,
  timestampFromNanoseconds: (value) => value,
  dateFromDays: (value) => value,
};

/** All rows of a result as hyparquet reads them, file after file, in the form of `python/canonical.py`. */
export async function hyparquetRows(folder) {
  const rows = [];
  for (const name of readdirSync(folder)
    .filter((entry) => entry.endsWith('.parquet'))
    .toSorted()) {
    const file = await asyncBufferFromFile(join(folder, name));
    const { children } = parquetSchema(await parquetMetadataAsync(file));
    const columns = children.filter(({ element }) => !isWideDecimal(element));
    const names = columns.map(({ element }) => element.name);
    const read = await parquetReadObjects({ file, columns: names, compressors, parsers, utf8: false });
    for (const row of read)
      rows.push(
        Object.fromEntries(columns.map((column) => [column.element.name, canonical(row[column.element.name], column)])),
      );
  }
  return rows;
}

/** hyparquet makes decimals doubles, which hold no more than 15 digits. */
function isWideDecimal({ converted_type: kind, precision }) {
  return kind === 'DECIMAL' && precision > 15;
}

function canonical(value, { element, children }) {
  if (value === null || value === undefined) return null;
  if (element.converted_type === 'LIST') return value.map((item) => canonical(item, children[0].children[0]));
  if (children.length > 0)
    return Object.fromEntries(
      children.map((child) => [child.element.name, canonical(value[child.element.name], child)]),
    );
  return leaf(value, element);
}

function leaf(value, { type, converted_type: kind, logical_type: logical, scale }) {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (kind === 'DECIMAL') return value.toFixed(scale);
  if (type === 'FLOAT' || type === 'DOUBLE') return bitsOf(value);
  if (logical?.type === 'TIME') return String(BigInt(value) * NANOSECONDS[logical.unit]);
  return String(value);
}

function bitsOf(value) {
  if (Number.isNaN(value)) return 'nan';
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
}
