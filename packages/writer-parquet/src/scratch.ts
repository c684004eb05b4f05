/**
 * One buffer that is used again and again. What it gave out before is overwritten.
 * Saves the page faults of fresh memory, and the memory of buffers that wait for the garbage collector.
 */
export function createScratch(): (bytes: number) => Uint8Array {
  let buffer = new Uint8Array(0);
  return (bytes) => {
    if (buffer.length < bytes) buffer = new Uint8Array(Math.ceil(bytes * 1.1));
    return buffer.subarray(0, bytes);
  };
}
