export { formatClock, formatDays, formatMoment } from './civil-time.ts';
export { isObject, NumberText, type Cell } from './cell.ts';
export { formatDecimal } from './decimal-text.ts';
export { headText } from './decompress.ts';
export { encodingFault } from './decode-block.ts';
export { findUnspelled } from './find-unspelled.ts';
export { halfValue, unusualFloat } from './float-bits.ts';
export { givenTypes, withGivenTypes } from './given-types.ts';
export { createTypeInference, type TypeInference } from './infer-type.ts';
export type { UnknownMembers } from './nested-builders.ts';
export { createRowBuilder, type RowBuilder } from './row-builder.ts';
export {
  findCompression,
  textBlocks,
  textChunks,
  type BlockOptions,
  type TextBlock,
  type TextOptions,
} from './text-blocks.ts';
export { ValueProblem } from './value-problem.ts';
