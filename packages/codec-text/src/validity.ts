/** Counts the values of a column and notes which are null. */
export interface Validity {
  /** Notes one value. Returns its index. */
  push(valid: boolean): number;
  length(): number;
  /** What `makeData` wants, and starts anew. */
  take(): { readonly length: number; readonly nullCount: number; readonly nullBitmap?: Uint8Array };
}

export function createValidity(): Validity {
  let bits = new Uint8Array(32);
  let length = 0;
  let nulls = 0;
  return {
    push(valid) {
      const byte = length >> 3;
      if (byte === bits.length) {
        const larger = new Uint8Array(bits.length * 2);
        larger.set(bits);
        bits = larger;
      }
      if (valid) bits[byte]! |= 1 << (length & 7);
      else nulls++;
      return length++;
    },
    length: () => length,
    take() {
      const taken = { length, nullCount: nulls, ...(nulls === 0 ? {} : { nullBitmap: bits }) };
      bits = new Uint8Array(32);
      length = nulls = 0;
      return taken;
    },
  };
}
