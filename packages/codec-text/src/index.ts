export { isObject, type Cell, type NumberText } from './cell.ts';
export type { TextCompression } from './compression.ts';
export { headText } from './decompress.ts';
export { encodingFault, type EncodingFault } from './decode-block.ts';
export { findUnspelled, type Unspelled } from './find-unspelled.ts';
export { givenTypes, withGivenTypes } from './given-types.ts';
export { hasDecimals } from './has-decimals.ts';
export { createTypeInference, type TypeInference } from './infer-type.ts';
export type { UnknownMembers } from './nested-builders.ts';
export { parseJson } from './parse-json.ts';
export { createRowBuilder, type RowBuilder } from './row-builder.ts';
export {
  findCompression,
  textBlocks,
  textChunks,
  type BlockOptions,
  type TextBlock,
  type TextOptions,
} from './text-blocks.ts';
export { TextProblem } from './text-problem.ts';
export { ValueProblem } from './value-problem.ts';
export { structText, valueText, type TextOf } from './value-text.ts';
export { heldByZstd } from './zstd-library.ts';
