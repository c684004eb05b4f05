import { permutationKernelModule } from './permutation-kernel-module.ts';

/** Rows of one block: the module works on four vectors of four. */
const blockRows = 16;
/** Positions of so many rows stay in the processor's first cache. */
const mostBlocks = 128;
const seedsAt = 0;
const positionsAt = 1024;

/** The part of the WebAssembly API that is needed here; TypeScript has it only among the browser's types. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  forward(left: number, right: number, a: number, b: number, rounds: number, blocks: number): void;
}

/** All rounds of perm-v1 once, for consecutive rows: {@link forwardBlock}, sixteen rows side by side. */
export interface PermutationKernel {
  /**
   * @param start the first row, less than 2^32.
   * @param a at most 2^16, as `b`, which is at least 16.
   * @param seeds an even number of them, at most 16.
   */
  forward(start: number, out: Float64Array, a: number, b: number, seeds: Int32Array): void;
}

/** Factors less than this are left to JavaScript: a row of states would end more than once within a block. */
export const smallestFactor = blockRows;

function createKernel(): PermutationKernel | undefined {
  const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
  let kernel: KernelExports;
  try {
    kernel = new Instance(new Module(Buffer.from(permutationKernelModule, 'base64'))).exports as KernelExports;
  } catch {
    // A processor without vectors.
    return undefined;
  }
  const seedWords = new Int32Array(kernel.memory.buffer, seedsAt, 16);
  const positions = new Float64Array(kernel.memory.buffer, positionsAt, mostBlocks * blockRows);
  return {
    forward(start, out, a, b, seeds) {
      seedWords.set(seeds);
      for (let done = 0; done < out.length; done += positions.length) {
        const count = Math.min(positions.length, out.length - done);
        const left = Math.floor((start + done) / b);
        kernel.forward(left, start + done - left * b, a, b, seeds.length, Math.ceil(count / blockRows));
        out.set(count === positions.length ? positions : positions.subarray(0, count), done);
      }
    },
  };
}

let created: { readonly kernel: PermutationKernel | undefined } | undefined;

/** This thread's, made when it is first asked for. Undefined on processors without vectors. */
export function permutationKernel(): PermutationKernel | undefined {
  return (created ??= { kernel: createKernel() }).kernel;
}
