import { count, counted, type ConversionRisk, type TreatyColumn, type TreatySource } from '@riffle/core';
import { columns } from './columns.ts';
import { cutInMiddle, wrapped } from './fit.ts';
import { printableLine } from './wording.ts';

/** Columns and collections that are named; there may be thousands. */
const MOST_COLUMNS = 40;
const MOST_NAMES = 3;
/** Types of nested columns can be as long as a page. */
const LONGEST_TYPE = 60;

const risks: Readonly<Record<ConversionRisk, string>> = {
  none: '',
  checked: 'each value is checked; one that does not fit fails its shard',
  decided: 'the meaning changes, as the recipe says',
};

function shortened(text: string): string {
  return cutInMiddle(text, LONGEST_TYPE);
}

function isKept(column: TreatyColumn): boolean {
  return column.sources.every(
    ({ type, name, conversion }) => conversion === 'kept' && type === column.type && name === undefined,
  );
}

function agreed({ type, feature }: TreatyColumn): string {
  return shortened(feature === undefined ? type : `${feature}: ${type}`);
}

/** Collections of which the same can be said, together. */
function grouped(
  sources: readonly TreatySource[],
): readonly (TreatySource & { readonly collections: readonly string[] })[] {
  const groups = new Map<string, TreatySource & { readonly collections: string[] }>();
  for (const source of sources) {
    const { collection, ...said } = source;
    const key = JSON.stringify(said);
    const group = groups.get(key) ?? { ...source, collections: [] };
    groups.set(key, group);
    group.collections.push(collection);
  }
  return [...groups.values()];
}

function named(collections: readonly string[]): string {
  const more = collections.length - MOST_NAMES;
  return collections.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${count(more)} more` : '');
}

function rowsOf(column: TreatyColumn): string[][] {
  return grouped(column.sources).map(({ collections, type, name, conversion, risk }, index) => [
    index === 0 ? column.name : '',
    index === 0 ? agreed(column) : '',
    named(collections),
    type === undefined ? 'absent' : shortened(name === undefined ? type : `${name}: ${type}`),
    shortened(conversion),
    risks[risk],
  ]);
}

/** What the collections agreed on: columns that all have alike in one line each, the others with every difference. */
export function treatyTable(treaty: readonly TreatyColumn[], width?: number): string[] {
  const shown = treaty.slice(0, MOST_COLUMNS);
  const rows = shown.flatMap((column) =>
    isKept(column) ? [[column.name, agreed(column), 'all', '', 'kept', '']] : rowsOf(column),
  );
  const more = treaty.length - shown.length;
  const converted = treaty.filter((column) => !isKept(column)).length;
  const head = converted === 0 ? 'the same in all collections' : `${count(converted)} not the same in all collections`;
  return [
    ...wrapped(`${counted(treaty.length, 'column')}, ${head}`, width),
    ...columns(
      [['column', 'agreed type', 'in', 'has', 'conversion', 'risk'], ...rows.map((row) => row.map(printableLine))],
      width,
    ),
    ...(more > 0 ? [`  … and ${counted(more, 'more column')}, in --json`] : []),
  ];
}
