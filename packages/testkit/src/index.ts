export { arbitraryBatch, arbitraryBatches, arbitrarySchema, type SchemaArbitraryOptions } from './arrow/arbitraries.ts';
export { leafTypes } from './arrow/leaf-types.ts';
export { makeBatch, type BatchOptions } from './arrow/make-batch.ts';
export { nestedTypes } from './arrow/nested-types.ts';
export { canonicalValue, rowsOf, type CanonicalRow, type CanonicalValue } from './arrow/rows-of.ts';
export { typeCatalogue, typeShapes, type TypeCase, type TypeShape } from './arrow/type-catalogue.ts';
export { createTypeTable, withSection, type TypeTable } from './arrow/type-table.ts';
export { describeLayout, type LayoutSuite } from './conformance/describe-layout.ts';
export { describeReader, type ReaderSample, type ReaderSuite } from './conformance/describe-reader.ts';
export { describeShuffler, type ShufflerSuite } from './conformance/describe-shuffler.ts';
export { describeStorage, type StorageSuite } from './conformance/describe-storage.ts';
export { describeWriter, type WriterSuite } from './conformance/describe-writer.ts';
export type { Assertion, TestRunner } from './conformance/test-runner.ts';
export { canonicalRowsByDuckDB } from './duckdb/canonical-rows.ts';
export { columnInOrder, rowAt, rowsPerFile, sameMultiset, type MultisetComparison } from './duckdb/compare-rows.ts';
export { makeDataset, speechColumns, type DatasetOptions, type MadeDataset } from './duckdb/make-dataset.ts';
export { openDuckDB, parquetTable, queryRows, sqlName, sqlText } from './duckdb/open-duckdb.ts';
export { breakages, type Breakage } from './files/break-file.ts';
export { corruptPage, flipBit } from './files/corrupt-page.ts';
export { falsifyCounts } from './files/falsify-counts.ts';
export { handmadeFile, type HandmadeFile } from './files/handmade-file.ts';
export { seededRandom, type Random } from './random.ts';
export { journalDurability } from './storage/durability-journal.ts';
export {
  faultyStorage,
  type FaultAction,
  type FaultOptions,
  type FaultPoint,
  type FaultyStorage,
} from './storage/faulty-storage.ts';
export { losePower, type Damage } from './storage/lose-power.ts';
export { createMemoryStorage, memoryFile, type MemoryFile, type MemoryStorage } from './storage/memory-storage.ts';
export {
  countedStages,
  type CountedStage,
  type OperationCounter,
  type StageCount,
} from './storage/operation-counter.ts';
export { changingOperations, type StorageOperation } from './storage/storage-operation.ts';
export type { SystemFault } from './storage/system-fault.ts';
