import { emptyColumn, schemaFromBytes, type Column, type ColumnConversion } from '@riffle/columnar';
import { createBuckets, createDeal, type Buckets, type Deal } from '@riffle/shuffler';
import type { BucketPlan, Permutation, Shuffler } from '@riffle/core';
import type { Schema } from 'apache-arrow';

/** What scatter and gather must agree on, as data for workers. */
export interface MoveSpec {
  /** The treaty as an IPC stream of zero batches. */
  readonly treaty: Uint8Array;
  /** Ways of converting a batch to the treaty; fragments say which is theirs. */
  readonly conversions: readonly (readonly ColumnConversion[])[];
  readonly rows: number;
  readonly shards: number;
  readonly seed: string;
  readonly buckets: BucketPlan;
}

/** The same, brought to life. */
export interface Move {
  readonly schema: Schema;
  /** Empty columns that give parsed segments their types. */
  readonly template: readonly Column[];
  readonly permutation: Permutation;
  readonly deal: Deal;
  readonly buckets: Buckets;
}

export function startMove(spec: MoveSpec, shuffler: Shuffler): Move {
  const schema = schemaFromBytes(spec.treaty);
  const deal = createDeal(spec.rows, spec.shards);
  return {
    schema,
    template: schema.fields.map((field) => emptyColumn(field.type)),
    permutation: shuffler.plan(spec.rows, spec.seed),
    deal,
    buckets: createBuckets(deal, spec.buckets),
  };
}
