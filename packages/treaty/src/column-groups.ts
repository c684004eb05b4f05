import type { ColumnRules } from '@riffle/core';
import type { SourceColumn } from './source-schema.ts';

/** What becomes one column of the treaty: at most one column of each source. */
export interface ColumnGroup {
  readonly name: string;
  /** At least one, in the order of the sources. */
  readonly columns: readonly SourceColumn[];
}

/**
 * Columns of one name, of all sources. The order is that of the first source, then that in which further names appear; with `select`, its order.
 * A name that a source repeats makes several groups: its first column belongs with the first of other sources, the second with the second.
 */
export function groupColumns(
  sources: readonly (readonly SourceColumn[])[],
  { select }: Pick<ColumnRules, 'select'>,
): readonly ColumnGroup[] {
  const groups = new Map<string, { readonly name: string; readonly columns: SourceColumn[] }>();
  for (const columns of sources) {
    const repeats = new Map<string, number>();
    for (const column of columns) {
      const { name } = column.field;
      const repeat = repeats.get(name) ?? 0;
      repeats.set(name, repeat + 1);
      const key = JSON.stringify([name, repeat]);
      const group = groups.get(key) ?? { name, columns: [] };
      groups.set(key, group);
      group.columns.push(column);
    }
  }
  const found = [...groups.values()];
  if (select === undefined) return found;
  return [...new Set(select)].flatMap((wanted) => found.filter(({ name }) => name === wanted));
}
