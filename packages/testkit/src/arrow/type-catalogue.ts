import { Field, Int32, Schema, Utf8, type DataType, type RecordBatch } from 'apache-arrow';
import { leafTypes } from './leaf-types.ts';
import { makeBatch } from './make-batch.ts';
import { nestedTypes } from './nested-types.ts';

export const typeShapes = ['flat', 'in list', 'in struct', 'null-heavy', 'sliced'] as const;
export type TypeShape = (typeof typeShapes)[number];

/** One type in one shape: a cell of the table of types in the docs. */
export interface TypeCase {
  /** Name of the type, for instance `timestamp[us, UTC]`. */
  readonly type: string;
  readonly shape: TypeShape;
  /** `type, shape`: the title of a test. */
  readonly title: string;
  /** A batch of the one column `value`; the same arguments always give the same rows. */
  readonly make: (rows: number, seed?: number) => RecordBatch;
}

/** Every leaf type, and every kind of nesting around leaves and around each other. */
const catalogueTypes: Readonly<Record<string, () => DataType>> = {
  ...leafTypes,
  'list<int32>': () => nestedTypes['list']!(new Int32(), true),
  'list<utf8 not null>': () => nestedTypes['list']!(new Utf8(), false),
  'large_list<utf8>': () => nestedTypes['large_list']!(new Utf8(), true),
  'fixed_size_list<int32>': () => nestedTypes['fixed_size_list']!(new Int32(), true),
  'struct<int32, utf8>': () => nestedTypes['struct']!(new Utf8(), true),
  'map<utf8, int32>': () => nestedTypes['map']!(new Int32(), true),
  'list<list<utf8>>': () => nestedTypes['list']!(nestedTypes['list']!(new Utf8(), true), true),
  'list<struct<int32, list<int32>>>': () =>
    nestedTypes['list']!(nestedTypes['struct']!(nestedTypes['list']!(new Int32(), true), true), true),
  'struct<int32, map<utf8, struct>>': () =>
    nestedTypes['struct']!(nestedTypes['map']!(nestedTypes['struct']!(new Utf8(), true), true), true),
};

const shapes: Readonly<
  Record<
    TypeShape,
    { readonly wrap: (type: DataType) => DataType; readonly nullShare: number; readonly sliceStart: number }
  >
> = {
  flat: { wrap: (type) => type, nullShare: 0.2, sliceStart: 0 },
  'in list': { wrap: (type) => nestedTypes['list']!(type, true), nullShare: 0.2, sliceStart: 0 },
  'in struct': { wrap: (type) => nestedTypes['struct']!(type, true), nullShare: 0.2, sliceStart: 0 },
  'null-heavy': { wrap: (type) => type, nullShare: 0.95, sliceStart: 0 },
  sliced: { wrap: (type) => type, nullShare: 0.2, sliceStart: 13 },
};

/** Each Arrow type × each shape, deterministic. The docs' table and the whole-run tests go over this list. */
export const typeCatalogue: readonly TypeCase[] = Object.entries(catalogueTypes).flatMap(([type, makeType]) =>
  typeShapes.map((shape) => ({
    type,
    shape,
    title: `${type}, ${shape}`,
    make: (rows: number, seed = 1) => {
      const { wrap, nullShare, sliceStart } = shapes[shape];
      return makeBatch(new Schema([new Field('value', wrap(makeType()), true)]), { rows, seed, nullShare, sliceStart });
    },
  })),
);
