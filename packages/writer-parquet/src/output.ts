import type { ShardTarget } from '@riffle/core';

/** A target that knows its position and turns many small writes into few. */
export interface Output {
  /** Bytes written so far, buffered ones included: the offset of what is written next. */
  readonly position: number;
  /** Takes `bytes` over; they must not change before the next `flush` or large write settles. */
  write(bytes: Uint8Array): Promise<void>;
  flush(): Promise<void>;
}

const GATHER_BYTES = 256 * 1024;
/** From here on, a piece is written by itself. */
const LARGE_BYTES = 64 * 1024;

export function createOutput(target: ShardTarget): Output {
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  let position = 0;

  async function flush(): Promise<void> {
    if (gatheredBytes === 0) return;
    const bytes = gathered.length === 1 ? gathered[0]! : Buffer.concat(gathered, gatheredBytes);
    gathered = [];
    gatheredBytes = 0;
    await target.write(bytes);
  }

  return {
    get position() {
      return position;
    },
    flush,
    async write(bytes) {
      position += bytes.length;
      if (bytes.length >= LARGE_BYTES) {
        await flush();
        await target.write(bytes);
        return;
      }
      gathered.push(bytes);
      gatheredBytes += bytes.length;
      if (gatheredBytes >= GATHER_BYTES) await flush();
    },
  };
}
