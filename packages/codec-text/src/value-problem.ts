import { showCell, type Cell } from './cell.ts';

/** A value is none of its column's type. Whoever goes through columns and lists puts the way into `path`; the reader adds the line. */
export class ValueProblem extends Error {
  /** Names of columns and fields, and `[index]` in lists, from the outside in. */
  readonly path: string[] = [];
}

/** The problem that a value is no such thing. */
export function noValue(cell: Cell, wanted: string): ValueProblem {
  return new ValueProblem(`${showCell(cell)} is no ${wanted}`);
}

/** Runs `work`, and puts `step` in front of the path of a problem. */
export function below(problem: unknown, step: string): unknown {
  if (problem instanceof ValueProblem) problem.path.unshift(step);
  return problem;
}
