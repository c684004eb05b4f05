import type { PartitionValue } from './partition-value.ts';

/** What Hive, Spark and Arrow call the folder of rows without a value. */
export const nullName = '__HIVE_DEFAULT_PARTITION__';
/** Bytes that a name may have: with the column before it and `=`, it stays below the 255 that file systems allow. */
export const mostNameBytes = 180;

const percent = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/**
 * What stands for a value in a path: itself, with all but letters, digits, `_`, and `-` and points within as `%` and two hexadecimal digits for each byte of UTF-8, as URLs
 * spell them. Readers of Hive's folders (Spark, Arrow, DuckDB, Polars) spell it back.
 */
export function partitionName(value: PartitionValue): string {
  if (value === null) return nullName;
  const bytes = Buffer.from(value);
  const last = bytes.length - 1;
  const name = Array.from(bytes, (byte, index) => {
    const character = String.fromCharCode(byte);
    const inner = index > 0 && (character === '-' || (character === '.' && index < last));
    return inner || /^[A-Za-z0-9_]$/.test(character) ? character : percent(byte);
  }).join('');
  return name === nullName ? spelledOut(name) : name;
}

/**
 * The names of all values of a column. Of those that differ only in capitals, which some file systems take for the same name, all but the first (in the order of
 * UTF-16) have their capitals and small letters spelled as numbers, too.
 */
export function partitionNames(values: Iterable<PartitionValue>): ReadonlyMap<PartitionValue, string> {
  const sorted = [...new Set(values)].sort((one, other) => (String(one) < String(other) ? -1 : 1));
  const taken = new Set<string>();
  const names = new Map<PartitionValue, string>();
  for (const value of sorted) {
    const name = partitionName(value);
    const free = taken.has(name.toLowerCase()) ? spelledOut(name) : name;
    taken.add(free.toLowerCase());
    names.set(value, free);
  }
  return names;
}

/** Letters of a name as numbers, but for those of what is spelled so already. */
function spelledOut(name: string): string {
  return name.replace(/%[0-9A-F]{2}|[A-Za-z]/g, (found) =>
    found.length === 1 ? percent(found.codePointAt(0)!) : found,
  );
}
