import type { ColumnStorage, TuningSample } from '@riffle/core';
import { DataType, type Field, type Schema } from 'apache-arrow';

/** Segments of a leaf's path in the source; undefined where writers choose the name themselves (in lists and maps). */
type Pattern = readonly (string | undefined)[];

function patternsOf(field: Field, above: Pattern): readonly Pattern[] {
  const type = field.type as DataType;
  const children = (type.children as readonly Field[] | null) ?? [];
  if (children.length === 0) return [[...above, field.name]];
  if (DataType.isStruct(type)) return children.flatMap((child) => patternsOf(child, [...above, field.name]));
  const element = children[0]!;
  const inside = patternsOf(element, []).map((pattern) => pattern.slice(1));
  if (DataType.isMap(type))
    return inside.map((pattern) => [...above, field.name, undefined, undefined, ...pattern.slice(1)]);
  return inside.map((pattern) => [...above, field.name, undefined, undefined, ...pattern]);
}

function matches(pattern: Pattern, path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, index) => segment === undefined || segment === path[index])
  );
}

/** The columns of a source in the order of the schema's leaves; undefined where none matches, or more than one. */
function columnsByLeaf(schema: Schema, columns: readonly ColumnStorage[]): readonly (ColumnStorage | undefined)[] {
  const patterns = schema.fields.flatMap((field) => patternsOf(field, []));
  return patterns.map((pattern) => {
    const found = columns.filter(({ path }) => matches(pattern, path));
    return found.length === 1 ? found[0] : undefined;
  });
}

/**
 * Bytes per row that each leaf takes in the sources, over all collections in proportion to their rows; undefined where that is
 * unknown for one of them. Whatever the codec: what users compare is the size of their folders.
 */
export function sourceBytesPerRow(samples: readonly TuningSample[], schema: Schema): readonly (number | undefined)[] {
  const total = samples.reduce((sum, sample) => sum + sample.rows, 0);
  const parts = samples.map(({ columns, columnRows, rows }) =>
    columnsByLeaf(schema, columns).map((column) => {
      if (column === undefined || columnRows === undefined || columnRows <= 0) return undefined;
      return (column.bytes / columnRows) * (rows / total);
    }),
  );
  const leaves = parts[0]?.length ?? 0;
  return Array.from({ length: leaves }, (_, leaf) => {
    const sizes = parts.map((sizesOfSample) => sizesOfSample[leaf]);
    return sizes.includes(undefined) ? undefined : (sizes as number[]).reduce((sum, size) => sum + size, 0);
  });
}
