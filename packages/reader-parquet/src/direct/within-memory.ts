/** What `decode` gives, or undefined where it would read a word past the end of all memory: that belongs to damaged data. */
export function withinMemory<Result>(decode: () => Result | undefined): Result | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
