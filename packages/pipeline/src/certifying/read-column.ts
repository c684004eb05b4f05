import type { Stretch } from '@riffle/certificate';
import { fromEnvelope } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { runAll } from '../pool/run-all.ts';
import { groupBy } from '../survey/group-by.ts';
import type { PlacedFile } from '../survey/plan-order.ts';
import { targetBatchBytes } from '../verifying/check-outputs.ts';
import type { ColumnKeys } from './column-keys.ts';
import type { KeyColumn, KeyKind } from './column-path.ts';
import { placeStretches, type JudgedFragment } from './place-stretches.ts';

/** A task covers at most so many fragments, or about so many rows. */
const fragmentsPerTask = 16;
const rowsPerTask = 2 ** 17;

/** The judged rows of a column. */
export interface ReadColumn {
  readonly stretches: readonly Stretch[];
  readonly values: Float64Array | readonly string[];
  readonly nulls: number;
  /** Files of which rows could not be read. */
  readonly bad: readonly { readonly path: string; readonly reason: string }[];
}

function cutTasks(judged: readonly JudgedFragment[]): readonly (readonly JudgedFragment[])[] {
  const tasks: JudgedFragment[][] = [];
  let held = Number.POSITIVE_INFINITY;
  for (const fragment of judged) {
    if (held >= rowsPerTask || tasks.at(-1)!.length >= fragmentsPerTask) {
      tasks.push([]);
      held = 0;
    }
    tasks.at(-1)!.push(fragment);
    held += fragment.pieces.reduce((sum, { rows }) => sum + rows, 0);
  }
  return tasks;
}

/** Pieces as stretches: those that follow each other directly are one. */
function joined(judged: readonly JudgedFragment[]): readonly Stretch[] {
  const stretches: { start: number; rows: number }[] = [];
  for (const { position, rows } of judged.flatMap(({ pieces }) => pieces)) {
    const last = stretches.at(-1);
    if (last !== undefined && last.start + last.rows === position) last.rows += rows;
    else stretches.push({ start: position, rows });
  }
  return stretches;
}

/** Whole numbers as doubles: what they are above the least of them, so that ids and nanoseconds are exact. */
function integersAsNumbers(parts: readonly ColumnKeys[], kind: KeyKind): Float64Array[] {
  let least: bigint | undefined;
  for (const part of parts) {
    if (part.kind !== 'integers') continue;
    for (const [row, value] of part.values.entries())
      if (part.nulls[row] === 0 && (least === undefined || value < least)) least = value;
  }
  const zero = kind === 'integers' ? (least ?? 0n) : 0n;
  return parts.map((part) => {
    if (part.kind === 'integers')
      return Float64Array.from(part.values, (value, row) => (part.nulls[row] === 1 ? -Infinity : Number(value - zero)));
    return part.kind === 'numbers' ? part.values : new Float64Array();
  });
}

function valuesOf(parts: readonly ColumnKeys[], kind: KeyKind): Pick<ReadColumn, 'values' | 'nulls'> {
  if (kind === 'texts') {
    const values = parts.flatMap((part) => (part.kind === 'texts' ? part.values : []));
    return { values, nulls: values.filter((text) => text === '').length };
  }
  const numbers = integersAsNumbers(parts, kind);
  const values = new Float64Array(numbers.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of numbers) {
    values.set(part, at);
    at += part.length;
  }
  return { values, nulls: values.filter((value) => value === -Infinity).length };
}

/**
 * Reads one column of the rows that are judged. Holds the values of these rows only, of texts 256 bytes.
 * @param stretches what is judged, in the order of the files' rows
 * @param columnOf where the column is in a file; those of one order are of one kind, or whole numbers beside others
 * @param kind that to which all are brought
 */
export async function readColumn(
  context: JobContext,
  files: readonly PlacedFile[],
  stretches: readonly Stretch[],
  columnOf: (placed: PlacedFile) => KeyColumn,
  kind: KeyKind,
): Promise<ReadColumn> {
  const judged = placeStretches(files, stretches);
  const { decodedBytes, decodedRatio } = context.recipe.limits;
  const limits = { decodedBytes, ratio: decodedRatio };
  const parts = new Map<JudgedFragment, ColumnKeys>();
  const bad = new Map<string, string>();
  const ofRows = judged.reduce((sum, { pieces }) => pieces.reduce((rows, piece) => rows + piece.rows, sum), 0);
  let rows = 0;
  let bytes = 0;
  // Files of different types cannot share a task.
  const byPath = groupBy(judged, ({ placed }) => JSON.stringify([columnOf(placed).path, columnOf(placed).kind]));
  const tasks = [...byPath.values()].flatMap((group) => cutTasks(group));
  await runAll(tasks, context.pool.workers, async (fragments) => {
    const { path, kind: own } = columnOf(fragments[0]!.placed);
    const { fragments: answers } = await context.pool.run('column', {
      path,
      kind: own,
      limits,
      targetBatchBytes,
      fragments: fragments.map(({ placed: { file }, fragment, pieces }) => ({
        location: file.location,
        reader: file.reader,
        fragment,
        pieces,
      })),
    });
    for (const [index, answer] of answers.entries()) {
      const fragment = fragments[index]!;
      const { file } = fragment.placed;
      if (answer.status === 'bad') bad.set(file.path, fromEnvelope(answer.error).message);
      else parts.set(fragment, answer.keys);
      rows += fragment.pieces.reduce((sum, piece) => sum + piece.rows, 0);
      bytes += file.fragments[fragment.fragment]!.bytes;
    }
    const { heldBytes: memoryBytes } = context.pool;
    context.emit({ type: 'progress', stage: 'verify', rows, ofRows, bytes, memoryBytes, spilledBytes: 0 });
  });
  const read = judged.filter((fragment) => parts.has(fragment));
  return {
    stretches: joined(read),
    ...valuesOf(
      read.map((fragment) => parts.get(fragment)!),
      kind,
    ),
    bad: [...bad].map(([path, reason]) => ({ path, reason })),
  };
}
