/** Gives memory for one buffer: `bytes` long, from an 8-byte boundary on, holding anything at all. */
export type Allocate = (bytes: number) => Uint8Array;

export const freshBytes: Allocate = (bytes) => new Uint8Array(bytes);

/** Memory that is used again and again: touching new memory costs several times as much as copying into it. */
export interface Arena {
  /** Valid until the next {@link reset}. */
  readonly allocate: Allocate;
  /** Everything allocated so far may be overwritten from now on. */
  reset(): void;
  /** Bytes held. */
  heldBytes(): number;
}

const defaultChunkBytes = 4 * 2 ** 20;

/**
 * An arena that grows by chunks of `chunkBytes`, larger ones for larger buffers. It holds no more than was in use at once
 * between the last two resets, so one huge batch does not keep its memory for the rest of the job.
 */
export function createArena(chunkBytes: number = defaultChunkBytes): Arena {
  let chunks: Uint8Array[] = [];
  let current = 0;
  let at = 0;
  return {
    allocate(bytes) {
      const needed = 8 * Math.ceil(bytes / 8);
      while (current < chunks.length && at + needed > chunks[current]!.length) {
        current++;
        at = 0;
      }
      // Whole multiples, so that the next buffer of about this size fits the same chunk.
      if (current === chunks.length)
        chunks.push(new Uint8Array(Math.max(1, Math.ceil(needed / chunkBytes)) * chunkBytes));
      const start = at;
      at += needed;
      return chunks[current]!.subarray(start, start + bytes);
    },
    reset() {
      chunks = chunks.slice(0, current + 1);
      current = 0;
      at = 0;
    },
    heldBytes: () => chunks.reduce((sum, chunk) => sum + chunk.length, 0),
  };
}
