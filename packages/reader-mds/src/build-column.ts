import type { Data } from 'apache-arrow';
import { boolColumn, fixedColumn } from './fixed-columns.ts';
import { cellColumn } from './cell-column.ts';
import type { ColumnPlan } from './column-plan.ts';
import { byteColumn, listColumn, textColumn } from './long-columns.ts';
import type { RowBlock } from './read-blocks.ts';
import type { ValuePlaces } from './split-rows.ts';

/** Values of one column in a block of rows. */
export interface ColumnSource extends ValuePlaces {
  readonly bytes: Uint8Array;
  readonly plan: ColumnPlan;
  /** The first row's number in the file, for messages. */
  readonly firstRow: number;
}

/**
 * Makes the Arrow column of values. Nothing of it is a view of the block.
 * @throws BadContentError with row and column for what is no value of the type.
 */
export function buildColumn(plan: ColumnPlan, { bytes, firstRow }: RowBlock, places: ValuePlaces): Data {
  const source: ColumnSource = { ...places, bytes, plan, firstRow };
  switch (plan.form.layout) {
    case 'fixed':
      return fixedColumn(source);
    case 'bool':
      return boolColumn(source);
    case 'bytes':
      return byteColumn(source);
    case 'text':
      return textColumn(source);
    case 'array':
      return listColumn(source);
    case 'spelled':
    case 'json':
      return cellColumn(source);
  }
}
