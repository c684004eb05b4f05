import { makeData, RecordBatch, Struct, type Schema } from 'apache-arrow';
import { seededRandom } from '../random.ts';
import { makeColumn } from './make-column.ts';

export interface BatchOptions {
  readonly rows: number;
  readonly seed: number;
  /** Probability of a null at every nullable place, 0 … 1. */
  readonly nullShare: number;
  /** Rows cut off the front of a longer batch; makes every buffer start in the middle. Default 0. */
  readonly sliceStart?: number;
}

/** Makes one batch of random rows; the same options give the same batch. */
export function makeBatch(schema: Schema, { rows, seed, nullShare, sliceStart = 0 }: BatchOptions): RecordBatch {
  const random = seededRandom(seed);
  const whole = sliceStart === 0 ? rows : rows + sliceStart + random.below(9);
  const children = schema.fields.map((field) => makeColumn(field, whole, random, nullShare));
  const batch = new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: whole, nullCount: 0, children }),
  );
  return whole === rows ? batch : batch.slice(sliceStart, sliceStart + rows);
}
