/** As a cursor: no value here, because it or something around it is null. */
export const nowhere = 0xffffffff;

/** Writes a value for every row at once, none of them null, at the cursors of its {@link Target}, and moves these. */
export interface TogetherWriter {
  /** The same word for all. */
  constant(word: number, rows: number): void;
  /** Values of one word. */
  words(values: Int32Array): void;
  /** Values of two words. */
  pairs(values: Int32Array): void;
  /** Byte strings with their lengths: string r is `offsets[r] … offsets[r + 1]` of `values`. Returns false, and does nothing, if they are too long. */
  texts(offsets: Int32Array, values: Uint8Array): boolean;
}

/** Where values are written, each at its cursor. What stood there before does not matter. */
export interface Target {
  readonly words: Int32Array;
  /** The same memory. */
  readonly bytes: Uint8Array;
  /** The word where each value starts, or {@link nowhere}; moved past what was written. */
  readonly cursors: Uint32Array;
  /** Only where no cursor is {@link nowhere}. */
  readonly together: TogetherWriter | undefined;
}
