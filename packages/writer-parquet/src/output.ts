import type { ShardTarget } from '@riffle/core';

/** A target that knows its position and turns many small writes into few. */
export interface Output {
  /** Bytes written so far, buffered ones included: the offset of what is written next. */
  readonly position: number;
  /** Once it settles, `bytes` may be reused. */
  write(bytes: Uint8Array): Promise<void>;
  flush(): Promise<void>;
}

const GATHER_BYTES = 128 * 1024;
/** From here on, a piece is written by itself. */
const LARGE_BYTES = 32 * 1024;

export function createOutput(target: ShardTarget): Output {
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  let position = 0;

  async function flush(): Promise<void> {
    if (gatheredBytes === 0) return;
    const bytes = Buffer.concat(gathered, gatheredBytes);
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
      if (gatheredBytes + bytes.length > GATHER_BYTES) await flush();
      gathered.push(bytes.slice());
      gatheredBytes += bytes.length;
    },
  };
}
