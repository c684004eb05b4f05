import type { WriterOptions } from '@riffle/core';
import { SLICE_BYTES } from './slices.ts';

/** Factors */
export function estimateHeldBytes({ rowGroupBytes }: Pick<WriterOptions, 'rowGroupBytes'>): number {
  return 4 * Math.min(SLICE_BYTES, rowGroupBytes) + rowGroupBytes;
}
