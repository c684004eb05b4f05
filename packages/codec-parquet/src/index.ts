export { viewRecordBatch } from './arrow-views.ts';
export { createBytesMemo, type BytesMemo } from './bytes-memo.ts';
export { schemaOnlyFile, type FooterChanges } from './cut-footer.ts';
export { frameCut, planCut, type Cut, type CutLiteral, type CutPiece } from './cut.ts';
export { countLevels } from './count-levels.ts';
export { decodeParquet, type DecodedTable, type DecodeOptions } from './decode.ts';
export { planDictionaryCut } from './dictionary-cut.ts';
export { createLevelRuns, type LevelRuns } from './level-runs.ts';
export { planHollowCut } from './hollow-cut.ts';
export { parseFooter, type Footer } from './footer.ts';
export type { LeafColumn } from './leaf-columns.ts';
export { encodedBytes, numberKernel, type NumberKernel } from './number-kernel.ts';
export { dataPages, pagesOfRows, planPageCut, type PageRange } from './page-cut.ts';
export { pageHeader, parsePageHeader, type PageHeader } from './page-header.ts';
export {
  compileParquetWasm,
  heldBytes,
  loadParquetWasm,
  renewParquetWasm,
  type ParquetWasm,
  type ParquetWasmExports,
  type ParquetWasmGlue,
} from './parquet-wasm.ts';
export { LABEL_KEY, labelFits, labelOf, parseLabel, type Label } from './label.ts';
export { labelledFooter } from './labelled-footer.ts';
export { planLeafCut, planRawCut } from './leaf-cut.ts';
export { plainIntervals } from './plain-intervals.ts';
export { readFooter } from './read-footer.ts';
export { chunkNotes, parseRowGroup, type ChunkNotes, type ColumnChunk, type RowGroup } from './row-group.ts';
export type { SchemaElement } from './schema-element.ts';
export { allocateWasmBytes, LARGEST_ALLOCATION, type WasmBytes } from './wasm-bytes.ts';
export {
  afterSnappyLength,
  mostCompressed,
  snappyKernel,
  type SnappyCompressor,
  type SnappyKernel,
  type SnappyPart,
} from './snappy-kernel.ts';
export { webAssembly, type WasmMemory, type WasmModule, type WebAssemblyApi } from './web-assembly.ts';
export {
  columnChunkField,
  columnMetadataField,
  fileMetadataField,
  keyValueField,
  rowGroupField,
} from './footer-fields.ts';
export { fieldsOf, integerOf, itemsOf, thriftType, type ThriftFields, type ThriftValue } from './thrift-reader.ts';
export {
  copiedParts,
  integerPart,
  listPart,
  structBytes,
  structPart,
  textPart,
  type ThriftPart,
} from './thrift-writer.ts';
