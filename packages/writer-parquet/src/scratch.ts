/** Memory lent to one user at a time. */
export interface Loan {
  /** Room for so many bytes. It overwrites what was given out before. */
  take(bytes: number): Uint8Array;
  /** The memory may be lent again; what was given out is no longer valid. */
  giveBack(): void;
}

/**
 * One buffer that is used again and again, by one shard after the other.
 * Saves the page faults of fresh memory, and the memory of buffers that wait for the garbage collector.
 */
export interface Scratch {
  /** Undefined while another has it: several shards may be open at once. */
  borrow(): Loan | undefined;
  /** The leaf that was written while it was encoded last: the next row group's, most likely. */
  streamedLeaf: number | undefined;
}

export function createScratch(): Scratch {
  let buffer = new Uint8Array(0);
  let lent = false;
  const take = (bytes: number) => {
    if (buffer.length < bytes) buffer = new Uint8Array(Math.ceil(bytes * 1.1));
    return buffer.subarray(0, bytes);
  };
  return {
    streamedLeaf: undefined,
    borrow() {
      if (lent) return undefined;
      lent = true;
      return {
        take,
        giveBack() {
          lent = false;
        },
      };
    },
  };
}
