export { bitAt } from './bits.ts';
export { addFingerprints } from './add-fingerprints.ts';
export { createArena, type Allocate, type Arena } from './allocate.ts';
export { arrowBytes, columnBatchBytes, rowBytes } from './arrow-bytes.ts';
export { batchOfColumns, columnsOfBatch } from './batch.ts';
export type { Column, ColumnBatch } from './column.ts';
export { convertBatch } from './convert/convert-batch.ts';
export { convertColumn } from './convert/convert-column.ts';
export type { ColumnConversion, Conversion } from './convert/conversion.ts';
export { emptyColumn } from './empty-column.ts';
export { createFingerprintSums, fingerprintHex, type FingerprintSums } from './fingerprint-sums.ts';
export { fingerprintRows } from './fingerprint.ts';
export { agreeOnFields, type Disagreement } from './lattice/agree-on-fields.ts';
export { fieldsBelow, type PlacedField } from './lattice/field-path.ts';
export { castColumn, castTo } from './lattice/cast-to.ts';
export { conversionTo } from './lattice/conversion-to.ts';
export type { ChosenConversion } from './lattice/nested-conversion.ts';
export { typeLabel, withoutTypeMetadata } from './lattice/type-metadata.ts';
export { layoutOf, type Layout } from './layout.ts';
export { orderBatch, type Places } from './order-batch.ts';
export {
  type PackedBatch,
  type PackedColumn,
  movedBatch,
  movedView,
  packBatch,
  takeCapacity,
  unpackBatch,
} from './packed-batch.ts';
export { plainField, plainType, typeWithChildren } from './plain-type.ts';
export { sameType } from './same-type.ts';
export { schemaFromBytes, schemaToBytes } from './schema-bytes.ts';
export { parseSegments, segmentBytes, writeSegment, type Segment } from './segment.ts';
export type { Mask, Selection } from './selection.ts';
export { sliceBatch } from './slice-batch.ts';
export { takeBatch, takeColumn } from './take.ts';
export { parseType } from './types/parse-type.ts';
export { typeText } from './types/type-text.ts';
export { withFieldMetadata } from './with-field-metadata.ts';
