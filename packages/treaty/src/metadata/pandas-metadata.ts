import { canonicalJson } from '@riffle/core';
import type { Field } from 'apache-arrow';
import { isDeeper } from './json-depth.ts';

/** The schema metadata of data frames: https://pandas.pydata.org/docs/development/developer.html. */
export const PANDAS_KEY = 'pandas';

type Frame = Readonly<Record<string, unknown>> & {
  readonly index_columns: readonly unknown[];
  readonly columns: readonly unknown[];
};

function parseFrame(text: string): Frame | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame !== 'object' || frame === null || isDeeper(frame)) return undefined;
    const { index_columns: indexes, columns } = frame as Partial<Frame>;
    return Array.isArray(indexes) && Array.isArray(columns) ? (frame as Frame) : undefined;
  } catch {
    return undefined;
  }
}

/** The column of the file that an entry of `columns` is about. */
function columnOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { field_name: field, name } = entry as { readonly field_name?: unknown; readonly name?: unknown };
  return field ?? name;
}

/** Frames may have thousands of columns: each is made text once. */
function createInAll(frames: readonly Frame[]) {
  const having = (list: (frame: Frame) => readonly unknown[]) => {
    const sets = frames.map((frame) => new Set(list(frame).map(canonicalJson)));
    return (entry: unknown) => {
      const text = canonicalJson(entry);
      return sets.every((set) => set.has(text));
    };
  };
  return { index: having((frame) => frame.index_columns), column: having((frame) => frame.columns) };
}

/**
 * What of several descriptions of data frames holds for rows of all of them. Indexes that are ranges of row numbers go: they say where rows stood in
 * one file, and pandas would count the result's rows by them. An index that is a column of every file stays one. What is said of a column stays where
 * all say the same and the column is unchanged.
 * @returns undefined if one of them is no such description and they are not the same
 */
export function mergePandas(
  descriptions: readonly string[],
  fields: readonly Field[],
  unchanged: ReadonlySet<string>,
): string | undefined {
  const frames = descriptions.map(parseFrame);
  const [first, ...others] = frames as readonly (Frame | undefined)[];
  if (first === undefined || others.includes(undefined))
    return descriptions.every((description) => description === descriptions[0]) ? descriptions[0] : undefined;
  const names = new Set(fields.map(({ name }) => name));
  const inAll = createInAll(others as readonly Frame[]);
  const indexes = first.index_columns.filter(
    (index) => typeof index === 'string' && names.has(index) && inAll.index(index),
  );
  const columns = first.columns.filter((entry) => {
    const column = columnOf(entry);
    return typeof column === 'string' && unchanged.has(column) && inAll.column(entry);
  });
  return JSON.stringify({ ...first, index_columns: indexes, columns });
}
