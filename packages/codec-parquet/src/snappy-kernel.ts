import { snappyKernelModule } from './snappy-kernel-module.ts';
import { snappyMemory } from './snappy-memory.ts';
import { webAssembly } from './web-assembly.ts';

/**
 * Snappy in a small WebAssembly module with memory of its own, less than half a MiB a thread, through which bytes pass in pieces that stay in the second-level cache.
 * Source: https://github.com/google/snappy/blob/main/format_description.txt
 */
export interface SnappyKernel {
  /**
   * Compresses to the same bytes as the crate `snap`, which parquet-wasm contains.
   * @param input at most 4 GiB less one byte.
   * @param target room for {@link mostCompressed}.
   * @returns bytes written.
   */
  compress(input: Uint8Array, target: Uint8Array): number;
  /**
   * Decompresses one block. Takes a subset of what the codec takes: copies that reach back more than 64 KiB, which no compressor in use makes, are refused.
   * @param input the block, exactly.
   * @param target as long as the block says that it decompresses to.
   * @returns whether it did; false for anything damaged, with `target` in any state.
   */
  decompress(input: Uint8Array, target: Uint8Array): boolean;
}

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  compress(size: number, out: number): number;
  decompress(
    input: number,
    safe: number,
    end: number,
    base: number,
    out: number,
    stop: number,
    literalLeft: number,
  ): number;
}

const { stateAt, inputAt, inputBytes, outAt, historyBytes, windowBytes } = snappyMemory;
/** The longest an element's tag can be, with its length or offset. */
const LONGEST_TAG = 5;

/** Bytes that so many take at most when they are compressed. */
export function mostCompressed(bytes: number): number {
  return 32 + bytes + Math.floor(bytes / 6);
}

function putLength(length: number, target: Uint8Array): number {
  let at = 0;
  let rest = length;
  for (; rest >= 128; rest = Math.floor(rest / 128)) target[at++] = (rest % 128) + 128;
  target[at++] = rest;
  return at;
}

/** Where the elements begin, or undefined if the block does not begin with this length. */
function afterLength(input: Uint8Array, expected: number): number | undefined {
  let length = 0;
  for (let at = 0; at < LONGEST_TAG && at < input.length; at++) {
    const byte = input[at]!;
    length += (byte & 127) * 2 ** (7 * at);
    if (byte < 128) return length === expected ? at + 1 : undefined;
  }
  return undefined;
}

function createSnappyKernel(): SnappyKernel {
  const module = new webAssembly.Module(Buffer.from(snappyKernelModule, 'base64'));
  const kernel = new webAssembly.Instance(module).exports as KernelExports;
  const memory = new Uint8Array(kernel.memory.buffer);
  const state = new Uint32Array(kernel.memory.buffer, stateAt, 3);

  return {
    compress(input, target) {
      let written = putLength(input.length, target);
      for (let at = 0; at < input.length; at += inputBytes) {
        const block = input.subarray(at, at + inputBytes);
        memory.set(block, inputAt);
        const end = kernel.compress(block.length, outAt);
        target.set(memory.subarray(outAt, end), written);
        written += end - outAt;
      }
      return written;
    },
    decompress(input, target) {
      let read = afterLength(input, target.length);
      if (read === undefined) return false;
      let at = inputAt;
      let end = inputAt;
      let out = outAt;
      let left = 0;
      for (let made = 0; made < target.length;) {
        if (end - at < LONGEST_TAG) {
          memory.copyWithin(inputAt, at, end);
          end = inputAt + (end - at);
          at = inputAt;
          const more = input.subarray(read, read + inputBytes - (end - at));
          memory.set(more, end);
          end += more.length;
          read += more.length;
        }
        if (out - outAt >= windowBytes) {
          memory.copyWithin(outAt, out - historyBytes, out);
          out = outAt + historyBytes;
        }
        const stop = Math.min(outAt + historyBytes + windowBytes, out + target.length - made);
        const safe = read === input.length ? end : end - LONGEST_TAG + 1;
        if (kernel.decompress(at, safe, end, outAt, out, stop, left) === 0) return false;
        const [nextAt, nextOut, nextLeft] = state as unknown as [number, number, number];
        const count = nextOut - out;
        if (count > target.length - made || (count === 0 && nextAt === at && read === input.length)) return false;
        target.set(memory.subarray(out, nextOut), made);
        made += count;
        [at, out, left] = [nextAt, nextOut, nextLeft];
      }
      return left === 0 && at === end && read === input.length;
    },
  };
}

let created: SnappyKernel | undefined;

/** The kernel of this thread. */
export function snappyKernel(): SnappyKernel {
  return (created ??= createSnappyKernel());
}
