/** Calls cost more than loops for a few bytes. */
const fewBytes = 16;

/** Copies `length` bytes from `start` of one array to `at` of the other. */
export function copyBytes(source: Uint8Array, start: number, length: number, target: Uint8Array, at: number): void {
  if (length > fewBytes) target.set(source.subarray(start, start + length), at);
  else for (let index = 0; index < length; index++) target[at + index] = source[start + index]!;
}
