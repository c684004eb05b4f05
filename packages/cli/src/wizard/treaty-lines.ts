import { counted, type ConversionRisk, type TreatyColumn, type TreatySource } from '@riffle/core';
import { printableLine } from '../render/wording.ts';

/** Columns that are listed; the rest is counted. */
const mostColumns = 20;
/** Types of nested columns can be as long as a page. */
const longestType = 60;

const risks: Readonly<Record<ConversionRisk, string>> = {
  none: '',
  checked: '; a value that does not fit fails its shard',
  decided: '; the meaning changes, as decided',
};

const shortened = (text: string) => (text.length <= longestType ? text : `${text.slice(0, longestType - 1)}…`);

function changed(column: TreatyColumn): readonly TreatySource[] {
  return column.sources.filter(
    ({ type, name, conversion }) => conversion !== 'kept' || type !== column.type || name !== undefined,
  );
}

/** `lib, web: int32, int32 to int64`: collections of which the same is to be said, together. */
function sourceLines(sources: readonly TreatySource[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { collection, name, type, conversion, risk } of sources) {
    const has = type === undefined ? 'absent' : shortened(name === undefined ? type : `${name}, ${type}`);
    const said = `${has}: ${shortened(conversion)}${risks[risk]}`;
    groups.set(said, [...(groups.get(said) ?? []), collection]);
  }
  return [...groups].map(([said, collections]) => `in ${collections.join(', ')} ${said}`);
}

/** What the collections agreed on, in two columns, so that it can be read in a narrow terminal. */
export function treatyLines(treaty: readonly TreatyColumn[]): string[] {
  const differing = treaty.filter((column) => changed(column).length > 0).length;
  const head = differing === 0 ? 'the same in all collections' : `${differing} not the same in all collections`;
  // Those that differ are what people want to see.
  const shown = treaty
    .map((column, place) => ({ column, place }))
    .sort((one, other) => Number(changed(other.column).length > 0) - Number(changed(one.column).length > 0))
    .slice(0, mostColumns)
    .sort((one, other) => one.place - other.place)
    .map(({ column }) => column);
  const width = Math.min(24, Math.max(...shown.map(({ name }) => printableLine(name).length)));
  const lines = shown.flatMap((column) => [
    `  ${printableLine(column.name).padEnd(width)}  ${shortened(column.feature ?? column.type)}`,
    ...sourceLines(changed(column)).map((line) => `  ${' '.repeat(width)}  ${line}`),
  ]);
  const more = treaty.length - shown.length;
  return [
    `${counted(treaty.length, 'column')}, ${head}`,
    ...lines.map(printableLine),
    ...(more > 0 ? [`  … and ${counted(more, 'more column')}`] : []),
  ];
}
