import { bitAt, bytesForBits, copyBits } from '../bits.ts';
import type { Column } from '../column.ts';

export function isPresent({ validity, validityOffset, layout }: Column, row: number): boolean {
  return layout.kind !== 'null' && (validity === undefined || bitAt(validity, validityOffset + row));
}

/** The column with nulls also where bit `offset + row` of `mask` is 0: what stands inside a null is nobody's value, and must not be looked at. */
export function masked(column: Column, mask: Uint8Array | undefined, offset: number): Column {
  if (mask === undefined || column.layout.kind === 'null') return column;
  const { length } = column;
  const validity = new Uint8Array(bytesForBits(length));
  copyBits(mask, offset, length, validity);
  if (column.validity !== undefined) {
    const own = new Uint8Array(validity.length);
    copyBits(column.validity, column.validityOffset, length, own);
    for (let index = 0; index < own.length; index++) validity[index]! &= own[index]!;
  }
  return { ...column, validity, validityOffset: 0 };
}

/** Collects the lowest of the rows it is told that has a value; `row` is Infinity as long as there is none. */
export interface LowestRow {
  readonly row: number;
  readonly suspect: (row: number) => void;
}

export function lowestPresent(column: Column): LowestRow {
  let lowest = Infinity;
  return {
    get row() {
      return lowest;
    },
    suspect: (row) => {
      if (row < lowest && isPresent(column, row)) lowest = row;
    },
  };
}

/** Calls `check` for every row that has a value. */
export function eachPresent(column: Column, check: (row: number) => void): void {
  for (let row = 0; row < column.length; row++) if (isPresent(column, row)) check(row);
}
