/** As a cursor: no value here, because it or something around it is null. */
export const nowhere = 0xffffffff;

/** Where values are written, each at its cursor. What stood there before does not matter. */
export interface Target {
  readonly words: Int32Array;
  /** The same memory. */
  readonly bytes: Uint8Array;
  /** The word where each value starts, or {@link nowhere}; moved past what was written. */
  readonly cursors: Uint32Array;
  /** Whether it is sure that no cursor is {@link nowhere}. */
  readonly complete: boolean;
}
