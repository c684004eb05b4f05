import { numberKernelModule } from './number-kernel-module.ts';
import { webAssembly } from './web-assembly.ts';

/**
 * Packed numbers in a small WebAssembly module with memory of its own, 2 MiB a thread, through which they pass in pieces that stay in the second-level
 * cache. Values are of 4 or 8 bytes (`wide`), as bytes in little-endian order.
 */
export interface NumberKernel {
  /** Keeps a dictionary for {@link unpackIndexed}. Returns false if it is larger than 512 KiB. */
  setDictionary(values: Uint8Array): boolean;
  /**
   * Values of the dictionary at packed indices of at most 32 bits.
   * @param packed at least `width * count / 8` bytes.
   * @param target `count` values long.
   * @returns false if an index is beyond the dictionary of `size` values.
   */
  unpackIndexed(
    packed: Uint8Array,
    width: number,
    count: number,
    size: number,
    wide: boolean,
    target: Uint8Array,
  ): boolean;
  /**
   * Decodes blocks of DELTA_BINARY_PACKED, without what stands in front of them.
   * @param blocks from the first block on; what follows the last is not looked at.
   * @param shape groups of a block, and values of a group: a multiple of 32.
   * @param first the value that stands in front.
   * @param target the values after the first one.
   * @returns false for what is damaged, too large a block, or deltas of more than 32 bits.
   */
  decodeDeltas(
    blocks: Uint8Array,
    shape: { readonly groups: number; readonly groupSize: number },
    first: number,
    wide: boolean,
    target: Uint8Array,
  ): boolean;
  /**
   * Encodes values behind the one before them in blocks of four groups of 32 values, of 64 if they are wide.
   * @param values the one before, and those to be encoded.
   * @param target room for {@link encodedBytes}.
   * @returns bytes written, or undefined if deltas within a block differ by more than 32 bits.
   */
  encodeDeltas(values: Uint8Array, wide: boolean, target: Uint8Array): number | undefined;
}

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  unpackIndexed(
    input: number,
    width: number,
    count: number,
    dictionary: number,
    size: number,
    wide: number,
    out: number,
  ): number;
  decodeDeltas(
    input: number,
    safe: number,
    end: number,
    groups: number,
    groupSize: number,
    count: number,
    wide: number,
    out: number,
    state: number,
  ): number;
  encodeDeltas(input: number, count: number, groupSize: number, wide: number, out: number, deltas: number): number;
}

/** Bytes. */
const LARGEST_DICTIONARY = 2 ** 19;
const ENCODED_GROUPS = 4;
const LONGEST_NUMBER = 10;

/** Addresses in the module's memory. Up to 8 bytes past the input are read. */
const stateAt = 0;
const deltasAt = 64;
const dictionaryAt = 4096;
const inputAt = dictionaryAt + LARGEST_DICTIONARY;
const inputBytes = 2 ** 18;
const outAt = inputAt + inputBytes + 64;
const outBytes = 2 ** 19;
/** A block of deltas may be so large that it fits the input together with others. */
const largestBlock = inputBytes / 4;

/** Bytes that so many values take at most when they are encoded. */
export function encodedBytes(values: number, wide: boolean): number {
  const block = ENCODED_GROUPS * groupSizeOf(wide);
  return Math.ceil(values / block) * (LONGEST_NUMBER + ENCODED_GROUPS + 4 * block);
}

const groupSizeOf = (wide: boolean): number => (wide ? 64 : 32);
const widthOf = (wide: boolean): number => (wide ? 8 : 4);

function createNumberKernel(): NumberKernel {
  const module = new webAssembly.Module(Buffer.from(numberKernelModule, 'base64'));
  const kernel = new webAssembly.Instance(module).exports as KernelExports;
  const memory = new Uint8Array(kernel.memory.buffer);
  const state = new DataView(kernel.memory.buffer, stateAt, 16);

  function unpackIndexed(
    packed: Uint8Array,
    width: number,
    count: number,
    size: number,
    wide: boolean,
    target: Uint8Array,
  ): boolean {
    const valueBytes = widthOf(wide);
    // Whole groups of eight, so that each piece begins with a byte.
    const most = 8 * Math.floor(Math.min(outBytes / valueBytes, (8 * inputBytes) / Math.max(1, width)) / 8);
    for (let done = 0; done < count; done += most) {
      const taken = Math.min(most, count - done);
      const from = (done / 8) * width;
      memory.set(packed.subarray(from, from + Math.ceil((taken * width) / 8)), inputAt);
      if (kernel.unpackIndexed(inputAt, width, taken, dictionaryAt, size, wide ? 1 : 0, outAt) === 0) return false;
      target.set(memory.subarray(outAt, outAt + taken * valueBytes), done * valueBytes);
    }
    return true;
  }

  return {
    setDictionary(values) {
      if (values.length > LARGEST_DICTIONARY) return false;
      memory.set(values, dictionaryAt);
      return true;
    },
    unpackIndexed,
    decodeDeltas(blocks, { groups, groupSize }, first, wide, target) {
      const valueBytes = widthOf(wide);
      const blockSize = groups * groupSize;
      const blockBytes = LONGEST_NUMBER + groups + 4 * blockSize;
      if (blockBytes > largestBlock || blockSize * valueBytes > outBytes) return false;
      const most = blockSize * Math.floor(outBytes / valueBytes / blockSize);
      const count = target.length / valueBytes;
      state.setBigInt64(8, BigInt(first), true);
      let at = 0;
      for (let done = 0; done < count;) {
        const window = blocks.subarray(at, at + inputBytes);
        memory.set(window, inputAt);
        const end = inputAt + window.length;
        // The last window is read to its end, others as long as a whole block is in them for sure.
        const safe = at + window.length === blocks.length ? end : end - blockBytes;
        const wanted = Math.min(most, count - done);
        if (kernel.decodeDeltas(inputAt, safe, end, groups, groupSize, wanted, wide ? 1 : 0, outAt, stateAt) === 0)
          return false;
        const made = wanted - state.getUint32(4, true);
        const read = state.getUint32(0, true) - inputAt;
        if (made === 0) return false;
        target.set(memory.subarray(outAt, outAt + made * valueBytes), done * valueBytes);
        done += made;
        at += read;
      }
      return true;
    },
    encodeDeltas(values, wide, target) {
      const valueBytes = widthOf(wide);
      const groupSize = groupSizeOf(wide);
      const blockSize = ENCODED_GROUPS * groupSize;
      const most = blockSize * Math.floor((inputBytes / valueBytes - 1) / blockSize);
      const count = values.length / valueBytes - 1;
      let written = 0;
      for (let done = 0; done < count; done += most) {
        const taken = Math.min(most, count - done);
        memory.set(values.subarray(done * valueBytes, (done + taken + 1) * valueBytes), inputAt);
        const end = kernel.encodeDeltas(inputAt, taken, groupSize, wide ? 1 : 0, outAt, deltasAt);
        if (end === 0) return undefined;
        target.set(memory.subarray(outAt, end), written);
        written += end - outAt;
      }
      return written;
    },
  };
}

let created: NumberKernel | undefined;

/** The kernel of this thread. */
export function numberKernel(): NumberKernel {
  return (created ??= createNumberKernel());
}
