export { arbitraryBatch, arbitraryBatches, arbitrarySchema, type SchemaArbitraryOptions } from './arrow/arbitraries.ts';
export { leafTypes } from './arrow/leaf-types.ts';
export { makeBatch, type BatchOptions } from './arrow/make-batch.ts';
export { nestedTypes } from './arrow/nested-types.ts';
export { canonicalValue, rowsOf, type CanonicalRow, type CanonicalValue } from './arrow/rows-of.ts';
export { typeCatalogue, typeShapes, type TypeCase, type TypeShape } from './arrow/type-catalogue.ts';
export { seededRandom, type Random } from './random.ts';
