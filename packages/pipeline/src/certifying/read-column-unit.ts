import { columnsOfBatch, type Column } from '@riffle/columnar';
import { BadContentError, isBadContent, toEnvelope, type DecodeLimits, type ErrorEnvelope } from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';
import { copyKeys, emptyKeys, type ColumnKeys } from './column-keys.ts';
import type { KeyKind } from './column-path.ts';

/** Rows of one fragment whose values are wanted. */
interface WantedFragment {
  readonly location: string;
  readonly reader: number;
  readonly fragment: number;
  /** Ascending, apart from each other. */
  readonly pieces: readonly { readonly start: number; readonly rows: number }[];
}

/** Read one column of some fragments. */
export interface ReadColumnTask {
  readonly fragments: readonly WantedFragment[];
  readonly path: readonly string[];
  readonly kind: KeyKind;
  readonly limits: DecodeLimits;
  readonly targetBatchBytes: number;
}

export interface ReadColumnResult {
  /** By fragment: the values of its pieces one after the other, or why it cannot be read. */
  readonly fragments: readonly (
    | { readonly status: 'read'; readonly keys: ColumnKeys }
    | { readonly status: 'bad'; readonly error: ErrorEnvelope }
  )[];
}

/** From the top-level column down to the one at the end of the path. Undefined if it is not there. */
function chainOf(columns: readonly Column[], names: readonly string[], path: readonly string[]): Column[] | undefined {
  const [name, ...rest] = path;
  const column = columns[names.indexOf(name!)];
  if (column === undefined) return undefined;
  if (rest.length === 0) return [column];
  const fields = (column.type.children ?? []).map((field: { readonly name: string }) => field.name);
  const below = chainOf(column.children, fields, rest);
  return below === undefined ? undefined : [column, ...below];
}

async function readFragment(
  { location, reader, fragment, pieces }: WantedFragment,
  { path, kind, limits, targetBatchBytes }: ReadColumnTask,
  { storage, readers }: PluginSet,
): Promise<ColumnKeys> {
  const keys = emptyKeys(
    kind,
    pieces.reduce((sum, { rows }) => sum + rows, 0),
  );
  const last = pieces.at(-1)!;
  const end = last.start + last.rows;
  const file = await storage.open(location);
  try {
    let row = 0;
    for await (const batch of readers[reader]!.read(file, fragment, { targetBatchBytes, limits, column: path })) {
      const { columns, rows } = columnsOfBatch(batch);
      const names = batch.schema.fields.map(({ name }) => name);
      const chain = chainOf(columns, names, path);
      if (chain === undefined) throw new BadContentError(`It has no column ${path.join('.')}.`);
      let at = 0;
      for (const piece of pieces) {
        const from = Math.max(piece.start, row);
        const to = Math.min(piece.start + piece.rows, row + rows);
        if (from < to) copyKeys(chain, from - row, to - row, keys, at + from - piece.start);
        at += piece.rows;
      }
      row += rows;
      if (row >= end) break;
    }
    if (row < end) throw new BadContentError(`It ends after ${row} rows, and ${end} were expected.`);
    return keys;
  } finally {
    await file.close();
  }
}

/** Worker side of judging a column. Content that cannot be read is an answer. */
export async function readColumnUnit(task: ReadColumnTask, plugins: PluginSet): Promise<ReadColumnResult> {
  const fragments: ReadColumnResult['fragments'][number][] = [];
  try {
    for (const wanted of task.fragments) {
      try {
        fragments.push({ status: 'read', keys: await readFragment(wanted, task, plugins) });
      } catch (error) {
        if (!isBadContent(error)) throw error;
        fragments.push({ status: 'bad', error: toEnvelope(error) });
      }
    }
    return { fragments };
  } finally {
    for (const reader of plugins.readers) reader.release?.();
  }
}
