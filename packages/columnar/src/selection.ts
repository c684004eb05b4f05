/** Which rows to take, in order: row `rows[i]` of source `which[i]`, or of the only source if `which` is undefined. */
export interface Selection {
  readonly which: Uint32Array | undefined;
  readonly rows: Uint32Array;
}

/** Rows of an output that must be null whatever the sources say: bit `validityOffset + i` is 0. */
export interface Mask {
  readonly validity: Uint8Array | undefined;
  readonly validityOffset: number;
}
