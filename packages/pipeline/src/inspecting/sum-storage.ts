import type { FileInspection, InspectedPath, InspectedStorage, Spread } from '@riffle/core';

type Fragments = InspectedPath['fragments'];

function widened(spread: Spread | undefined, value: number): Spread {
  if (spread === undefined) return { least: value, most: value };
  return { least: Math.min(spread.least, value), most: Math.max(spread.most, value) };
}

const nothing: Spread = { least: 0, most: 0 };
const union = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])];

/** Equal members stay, others are not known of the whole. */
function combined(one: InspectedStorage, other: InspectedStorage): InspectedStorage {
  const { nulls, dictionary, ...rest } = one;
  const both = [dictionary, other.dictionary];
  const given = !both.includes(undefined) && both.includes('part') ? 'part' : undefined;
  const whole = dictionary === other.dictionary ? dictionary : given;
  return {
    ...rest,
    codecs: union(one.codecs, other.codecs),
    encodings: union(one.encodings, other.encodings),
    bytes: one.bytes + other.bytes,
    uncompressedBytes: one.uncompressedBytes + other.uncompressedBytes,
    values: one.values + other.values,
    ...(nulls === undefined || other.nulls === undefined ? {} : { nulls: nulls + other.nulls }),
    ...(whole === undefined ? {} : { dictionary: whole }),
  };
}

/** How several files are stored, added up one after the other. */
export interface StorageSums {
  add(file: FileInspection): void;
  fragments(): Fragments;
  /** In the order in which they were first seen. */
  columns(): readonly InspectedStorage[];
  writtenBy(): readonly string[];
}

export function createStorageSums(): StorageSums {
  const columns = new Map<string, InspectedStorage>();
  const writers = new Set<string>();
  let count = 0;
  let rows: Spread | undefined;
  let bytes: Spread | undefined;
  let uncompressed: Spread | undefined;
  return {
    add(file) {
      if (file.writtenBy !== undefined) writers.add(file.writtenBy);
      for (const fragment of file.fragments) {
        count++;
        rows = widened(rows, fragment.rows);
        bytes = widened(bytes, fragment.bytes);
        uncompressed = widened(uncompressed, fragment.uncompressedBytes);
      }
      for (const column of file.columns) {
        const key = JSON.stringify([column.path, column.type]);
        const known = columns.get(key);
        columns.set(key, known === undefined ? column : combined(known, column));
      }
    },
    fragments: () => ({
      count,
      rows: rows ?? nothing,
      bytes: bytes ?? nothing,
      ...(uncompressed === undefined ? {} : { uncompressedBytes: uncompressed }),
    }),
    columns: () => [...columns.values()],
    writtenBy: () => [...writers],
  };
}
