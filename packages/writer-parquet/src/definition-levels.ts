import { bitAt, type Column } from '@riffle/columnar';
import { DataType, type Field } from 'apache-arrow';

/** A field on the way down to a leaf, the leaf included. */
interface Level {
  readonly nullable: boolean;
  readonly column: Column;
}

/** From the top-level column of a batch of one leaf down to it; structs are on the way only. */
export function levelsAbove(field: Field, column: Column): readonly Level[] {
  const own = { nullable: field.nullable, column };
  const type = field.type as DataType;
  return DataType.isStruct(type) ? [own, ...levelsAbove(type.children[0]!, column.children[0]!)] : [own];
}

/**
 * How many optional fields on the way down to a leaf have a value, row by row; no list is on the way. Undefined where a required field has nulls,
 * which has no level.
 * Source: Melnik et al., Dremel, VLDB 2010, section 4.1.
 */
export function definitionLevels(path: readonly Level[], rows: number): Uint8Array | undefined {
  const levels = new Uint8Array(rows);
  /** The level of a row whose fields so far all have values. */
  let whole = 0;
  for (const { nullable, column } of path) {
    const { validity, validityOffset } = column;
    for (let row = 0; row < rows; row++) {
      if (levels[row] !== whole) continue;
      const hasValue = validity === undefined || bitAt(validity, validityOffset + row);
      if (!nullable && !hasValue) return undefined;
      if (nullable && hasValue) levels[row] = whole + 1;
    }
    if (nullable) whole++;
  }
  return levels;
}
