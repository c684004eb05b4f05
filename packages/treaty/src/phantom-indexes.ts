import type { ColumnRules } from '@riffle/core';
import type { ColumnGroup } from './column-groups.ts';
import type { SourceSchema } from './source-schema.ts';

/** How pandas calls an index without a name when it writes one: https://pandas.pydata.org/docs/development/developer.html. */
const unnamedIndex = /^__index_level_\d+__$/;

/**
 * Leaves out unnamed pandas indexes that only some sources have: they number rows of frames that are gone, and would come back as a column that
 * nobody made. A recipe that selects one keeps it.
 */
export function phantomIndexes(
  groups: readonly ColumnGroup[],
  sources: readonly SourceSchema[],
  { select = [] }: Pick<ColumnRules, 'select'>,
): { readonly groups: readonly ColumnGroup[]; readonly dropped: readonly string[] } {
  const isPhantom = ({ name, columns }: ColumnGroup) =>
    unnamedIndex.test(name) && columns.length < sources.length && !select.includes(name);
  return {
    groups: groups.filter((group) => !isPhantom(group)),
    dropped: groups.filter(isPhantom).map(({ name, columns }) => {
      const has = new Set(columns.map(({ source }) => source));
      const without = sources.findIndex((_, source) => !has.has(source));
      return `Column ${name} is left out: it is the row index of a pandas frame, which ${sources[columns[0]!.source]!.file} has and ${sources[without]!.file} has not.`;
    }),
  };
}
