import fc from 'fast-check';
import { Field, Schema, type DataType, type RecordBatch } from 'apache-arrow';
import { leafTypes } from './leaf-types.ts';
import { makeBatch } from './make-batch.ts';
import { nestedTypes } from './nested-types.ts';

export interface SchemaArbitraryOptions {
  /** Most columns of a schema; at least one. Default 4. */
  readonly maximumColumns?: number;
  /** Leaf types to leave out, by their name in `leafTypes`. */
  readonly without?: readonly string[];
}

/**
 * Any schema: all leaf types, nested up to `depth` levels (0 = flat), nullable or not at every level. Column names are unique, some of them awkward.
 */
export function arbitrarySchema(
  depth = 2,
  { maximumColumns = 4, without = [] }: SchemaArbitraryOptions = {},
): fc.Arbitrary<Schema> {
  const names = Object.keys(leafTypes).filter((name) => !without.includes(name));
  const type = arbitraryType(names, depth);
  const name = fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 5, unit: 'grapheme' }) },
    { weight: 1, arbitrary: fc.constantFrom('0', '__proto__x', 'a.b', ' ') },
  );
  const field = fc.record({ name, type, nullable: fc.boolean() });
  return fc
    .uniqueArray(field, { minLength: 1, maxLength: maximumColumns, selector: (column) => column.name })
    .map(
      (columns) =>
        new Schema(
          columns.map((column) => new Field(column.name, column.type, column.nullable || column.type.typeId === 1)),
        ),
    );
}

/** Any batch of a schema: 0 to `maximumRows` rows, without nulls up to all null, whole or sliced anywhere. */
export function arbitraryBatch(
  schema: Schema,
  { maximumRows = 60 }: { readonly maximumRows?: number } = {},
): fc.Arbitrary<RecordBatch> {
  return fc
    .record({
      rows: fc.nat(maximumRows),
      seed: fc.noShrink(fc.integer()),
      nullShare: fc.constantFrom(0.3, 0, 0.9, 1),
      sliceStart: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 })),
    })
    .map((options) => makeBatch(schema, options));
}

/** Several batches of one schema, some of them empty: what a reader yields. */
export function arbitraryBatches(
  schema: Schema,
  options: { readonly maximumRows?: number; readonly maximumBatches?: number } = {},
): fc.Arbitrary<RecordBatch[]> {
  return fc.array(arbitraryBatch(schema, options), { maxLength: options.maximumBatches ?? 4 });
}

function arbitraryType(leafNames: readonly string[], depth: number): fc.Arbitrary<DataType> {
  const leaf = fc.constantFrom(...leafNames).map((name) => leafTypes[name]!());
  if (depth === 0) return leaf;
  const nested = fc
    .record({
      kind: fc.constantFrom(...Object.keys(nestedTypes)),
      inner: arbitraryType(leafNames, depth - 1),
      nullable: fc.boolean(),
    })
    .map(({ kind, inner, nullable }) => nestedTypes[kind]!(inner, nullable || inner.typeId === 1));
  return fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 2, arbitrary: nested });
}
