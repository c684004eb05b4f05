/**
 * Arrays that a worker uses again for every batch: fresh pages and garbage cost more than the work done in them.
 * What {@link Scratch} gives out is valid until the same array is asked for again.
 */
export interface Scratch<Numbers> {
  /** An array of `length` numbers whose content is whatever was left there. */
  take(length: number): Numbers;
}

/** An array much larger than needed is let go. */
const slack = 4;

function createScratch<Numbers extends Uint8Array | Uint32Array | Float64Array>(
  make: (length: number) => Numbers,
): Scratch<Numbers> {
  let kept = make(0);
  return {
    take(length) {
      if (kept.length < length || kept.length > slack * length + 65_536) kept = make(Math.ceil(length * 1.1));
      return kept.subarray(0, length) as Numbers;
    },
  };
}

export const bytesScratch = (): Scratch<Uint8Array<ArrayBuffer>> =>
  createScratch((length) => new Uint8Array(length)) as Scratch<Uint8Array<ArrayBuffer>>;
export const wordsScratch = (): Scratch<Uint32Array<ArrayBuffer>> =>
  createScratch((length) => new Uint32Array(length)) as Scratch<Uint32Array<ArrayBuffer>>;
export const numbersScratch = (): Scratch<Float64Array<ArrayBuffer>> =>
  createScratch((length) => new Float64Array(length)) as Scratch<Float64Array<ArrayBuffer>>;
