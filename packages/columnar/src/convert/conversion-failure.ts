import { BadContentError, RiffleError } from '@riffle/core';
import type { DataType } from 'apache-arrow';
import type { Conversion } from './conversion.ts';
import { typeName } from '../types/type-name.ts';

const longestValue = 60;

/** A value that cannot be converted, on its way up from the innermost column: each level puts its step before the path and its own row in. */
export class ConversionFailure extends Error {
  readonly row: number;
  /** Steps as `pathStep` spells them, from the column that failed downwards. */
  readonly path: string;
  readonly value: string;
  /** What is wrong with the value, to stand after it: `cannot become int32 exactly`. */
  readonly problem: string;
  constructor(row: number, value: string, problem: string, path = '') {
    super(`${value} ${problem}`);
    this.row = row;
    this.path = path;
    this.value = value;
    this.problem = problem;
  }
}

/** @throws ConversionFailure always. */
export function refuse(row: number, value: string, target: DataType, how = ' exactly'): never {
  throw new ConversionFailure(row, shortened(value), `cannot become ${typeName(target)}${how}`);
}

function shortened(value: string): string {
  return value.length <= longestValue ? value : `${value.slice(0, longestValue)}…`;
}

/** Runs `convert` for a column inside another one, one `step` down: a failure in its row i is one in row `rowOf(i)` of the outer column. */
export function inside<Result>(step: string, rowOf: (index: number) => number, convert: () => Result): Result {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof ConversionFailure)) throw error;
    throw new ConversionFailure(rowOf(error.row), error.value, error.problem, step + error.path);
  }
}

/**
 * Runs all steps, which convert the same rows, and throws the failure in the lowest row, of several there the first step's:
 * so what is reported does not depend on how rows are cut into batches.
 */
export function allOf<Result>(steps: readonly (() => Result)[]): Result[] {
  let earliest: ConversionFailure | undefined;
  const results: Result[] = [];
  for (const step of steps) {
    try {
      results.push(step());
    } catch (error) {
      if (!(error instanceof ConversionFailure)) throw error;
      if (earliest === undefined || error.row < earliest.row) earliest = error;
    }
  }
  if (earliest !== undefined) throw earliest;
  return results;
}

/** The failure as everybody else sees it. @param firstRow What to add to its row. */
export function asBadContent(failure: ConversionFailure, firstRow: number): BadContentError {
  const { path: column, value, problem } = failure;
  const row = firstRow + failure.row;
  return new BadContentError(
    `column ${column}, row ${row}: ${value} ${problem}`,
    { column, row, value, kind: 'unsupported' },
    { code: 'UNSUPPORTED_CONTENT' },
  );
}

/** A conversion that does not fit the types it was planned for: a bug, or columns that are not those of the survey. */
export function misfit(source: DataType | undefined, target: DataType, { kind }: Conversion): RiffleError {
  const from = source === undefined ? 'no column' : typeName(source);
  return new RiffleError('INTERNAL', `The conversion "${kind}" cannot make ${typeName(target)} from ${from}.`);
}
