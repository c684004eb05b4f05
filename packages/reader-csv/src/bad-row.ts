import { ValueProblem } from '@riffle/codec-text';
import { BadContentError } from '@riffle/core';

/** Bad content at a line, counted from 1. */
export function badRow(line: number, what: string, cause?: unknown): BadContentError {
  return new BadContentError(`Line ${line}: ${what}.`, { kind: 'decode', line }, { cause });
}

/** A value's problem as bad content at a line; other errors as they are. */
export function atLine(error: unknown, line: number): unknown {
  if (!(error instanceof ValueProblem)) return error;
  const column = error.path.join('.');
  return new BadContentError(
    `Line ${line}, column ${column}: ${error.message}.`,
    { kind: 'decode', line, column },
    { cause: error },
  );
}
