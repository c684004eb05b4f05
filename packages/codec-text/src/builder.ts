import type { Data, DataType, Field } from 'apache-arrow';
import type { Cell } from './cell.ts';
import { ValueProblem } from './value-problem.ts';

/** Collects the values of one column, at buffer level. */
export interface Builder {
  /** @throws ValueProblem if the cell is no value of the type. What was collected is then of no use. */
  append(cell: Exclude<Cell, null>): void;
  appendNull(): void;
  /** The column so far; the builder is empty then. */
  finish(): Data;
}

export type MakeBuilder = (type: DataType) => Builder;

/** Appends a cell that may be absent. */
export function appendTo(builder: Builder, field: Field, cell: Cell | undefined): void {
  if (cell !== null && cell !== undefined) return builder.append(cell);
  if (!field.nullable)
    throw new ValueProblem(cell === undefined ? 'there is no value, and none may be absent' : 'null may not be here');
  builder.appendNull();
}
