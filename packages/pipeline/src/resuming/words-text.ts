/** 32-bit words as base64 of their little-endian bytes, for JSON. */
export function textOfWords(words: Uint32Array): string {
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('base64');
}

/** @returns undefined if the text is not of `length` words */
export function wordsOfText(text: string, length: number): Uint32Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 4 * length ? new Uint32Array(new Uint8Array(bytes).buffer) : undefined;
}

/** 64-bit numbers as base64 of their little-endian bytes, for JSON. */
export function textOfDoubles(doubles: Float64Array): string {
  return Buffer.from(doubles.buffer, doubles.byteOffset, doubles.byteLength).toString('base64');
}

/** @returns undefined if the text is of no whole number of doubles */
export function doublesOfText(text: string): Float64Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length % 8 === 0 ? new Float64Array(new Uint8Array(bytes).buffer) : undefined;
}
