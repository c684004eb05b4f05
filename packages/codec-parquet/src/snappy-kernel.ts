import { snappyKernelModule } from './snappy-kernel-module.ts';
import { snappyMemory } from './snappy-memory.ts';
import { webAssembly } from './web-assembly.ts';

/**
 * Snappy in a small WebAssembly module with memory of its own, half a MiB a thread, through which bytes pass in pieces that stay in the second-level cache.
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
  /** The same for `bytes` that are handed over in pieces. One at a time in a thread. */
  compressor(bytes: number, target: Uint8Array): SnappyCompressor;
  /**
   * Decompresses one block. Takes a subset of what the codec takes: copies that reach back more than 64 KiB, which no compressor in use makes, are refused.
   * @param input the block, exactly.
   * @param target as long as the block says that it decompresses to.
   * @returns whether it did; false for anything damaged, with `target` in any state.
   */
  decompress(input: Uint8Array, target: Uint8Array): boolean;
  /**
   * Decompresses elements of a block that is at hand in part.
   * @param part moved on over what was read.
   * @param window where the bytes go, from `from` to `to`; before `from` are those that came last, all or at least 64 KiB.
   * @param remaining bytes that are left of the block's; unless they fit, `to` should be far: up to 63 bytes of the room may stay empty.
   * @returns one past the last byte put, which is `from` if a whole element is not at hand; undefined for anything damaged.
   */
  decompressPart(part: SnappyPart, window: Uint8Array, from: number, to: number, remaining: number): number | undefined;
}

export interface SnappyCompressor {
  /** A number of 4 bytes, little-endian. */
  putNumber(value: number): void;
  /** Bytes `from … to` of `source`. */
  put(source: Uint8Array, from: number, to: number): void;
  /** After all bytes. Returns how many were written to the target. */
  finish(): number;
}

/** Bytes `at … end` of `input` are the next of a block, behind its length. */
export interface SnappyPart {
  readonly input: Uint8Array;
  at: number;
  end: number;
  /** Whether the block ends at `end`. */
  isLast: boolean;
  /** Bytes left of a literal that was begun; 0 at first. */
  left: number;
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
/** An element may go so many bytes beyond the place at which to stop. */
const OVERSHOOT = 63;

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

/** Where the elements of a block begin, or undefined if it does not begin with this length. */
export function afterSnappyLength(input: Uint8Array, expected: number): number | undefined {
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
  const view = new DataView(kernel.memory.buffer);
  const state = new Uint32Array(kernel.memory.buffer, stateAt, 3);
  const numberBytes = new Uint8Array(4);
  const numberView = new DataView(numberBytes.buffer);

  function compressor(bytes: number, target: Uint8Array): SnappyCompressor {
    let written = putLength(bytes, target);
    let filled = 0;

    function endBlock(): void {
      const end = kernel.compress(filled, outAt);
      target.set(memory.subarray(outAt, end), written);
      written += end - outAt;
      filled = 0;
    }

    function put(source: Uint8Array, from: number, to: number): void {
      for (let at = from; at < to;) {
        const taken = Math.min(to - at, inputBytes - filled);
        memory.set(source.subarray(at, at + taken), inputAt + filled);
        at += taken;
        filled += taken;
        if (filled === inputBytes) endBlock();
      }
    }

    return {
      put,
      putNumber(value) {
        if (filled + 4 < inputBytes) {
          view.setUint32(inputAt + filled, value, true);
          filled += 4;
        } else {
          numberView.setUint32(0, value, true);
          put(numberBytes, 0, 4);
        }
      },
      finish() {
        if (filled > 0) endBlock();
        return written;
      },
    };
  }

  function decompressPart(
    part: SnappyPart,
    window: Uint8Array,
    from: number,
    to: number,
    remaining: number,
  ): number | undefined {
    const past = Math.min(from, historyBytes);
    memory.set(window.subarray(from - past, from), outAt);
    const first = outAt + past;
    const room = to - from >= remaining ? remaining : to - from - OVERSHOOT;
    const stop = first + Math.min(room, windowBytes);
    let out = first;
    while (out < stop) {
      const piece = part.input.subarray(part.at, Math.min(part.end, part.at + inputBytes));
      memory.set(piece, inputAt);
      const end = inputAt + piece.length;
      const isWhole = part.isLast && part.at + piece.length === part.end;
      const safe = isWhole ? end : end - LONGEST_TAG + 1;
      if (kernel.decompress(inputAt, safe, end, outAt, out, stop, part.left) === 0) return undefined;
      const [nextAt, nextOut, left] = state as unknown as [number, number, number];
      const isStuck = nextAt === inputAt && nextOut === out;
      part.at += nextAt - inputAt;
      part.left = left;
      out = nextOut;
      if (isStuck) break;
    }
    if (out - first > remaining) return undefined;
    window.set(memory.subarray(first, out), from);
    return from + (out - first);
  }

  return {
    compress(input, target) {
      const { put, finish } = compressor(input.length, target);
      put(input, 0, input.length);
      return finish();
    },
    compressor,
    decompress(input, target) {
      const start = afterSnappyLength(input, target.length);
      if (start === undefined) return false;
      const part: SnappyPart = { input, at: start, end: input.length, isLast: true, left: 0 };
      for (let made = 0; made < target.length;) {
        const next = decompressPart(part, target, made, target.length, target.length - made);
        if (next === undefined || next === made) return false;
        made = next;
      }
      return part.left === 0 && part.at === part.end;
    },
    decompressPart,
  };
}

let created: SnappyKernel | undefined;

/** The kernel of this thread. */
export function snappyKernel(): SnappyKernel {
  return (created ??= createSnappyKernel());
}
