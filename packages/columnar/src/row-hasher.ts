import type { TogetherWriter } from './canonical-target.ts';
import { murmur3Words } from './murmur3-128.ts';
import { rowKernelModule } from './row-kernel.ts';

/** Rows that are hashed together at most. */
export const runRows = 4096;
/** Words that they may have together: they stay in the second-level cache while they are written and hashed. */
export const runWords = 1 << 18;

/** Memory in which rows are written as words, to be hashed together. */
export interface RowHasher {
  /** Room for {@link runWords} words, and bytes of the same memory. */
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  /** Row r is the words `starts[r] … ends[r]`; room for {@link runRows}. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Writes with `ends` as cursors, one for each of the first rows. */
  readonly together: TogetherWriter | undefined;
  /** MurmurHash3_x86_128 of the first `rows` rows, at `[4 * row]` of the result as h1 … h4, until the next call. */
  hash(rows: number): Uint32Array;
}

/** The part of the WebAssembly API used here; TypeScript declares it only among the browser's types. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  writeConstant(cursors: number, rows: number, words: number, value: number): void;
  writeWords(cursors: number, rows: number, words: number, values: number): void;
  writePairs(cursors: number, rows: number, words: number, values: number): void;
  writeTexts(cursors: number, rows: number, words: number, offsets: number, values: number): void;
  hashRows(starts: number, ends: number, rows: number, words: number, out: number): void;
}

/** Addresses in the module's memory. Up to 16 bytes past the words are read, up to 3 past the input. */
const startsAt = 0;
const endsAt = startsAt + 4 * runRows;
const outAt = endsAt + 4 * runRows;
const wordsAt = outAt + 16 * runRows;
const offsetsAt = wordsAt + 4 * runWords + 16;
const inputAt = offsetsAt + 4 * (runRows + 1);
/** Long texts are better copied one by one, without a stop here. */
const inputBytes = 1 << 18;

function viewsOf(buffer: ArrayBuffer): Omit<RowHasher, 'together' | 'hash'> & { readonly out: Uint32Array } {
  return {
    words: new Int32Array(buffer, wordsAt, runWords),
    bytes: new Uint8Array(buffer, wordsAt, 4 * runWords),
    starts: new Uint32Array(buffer, startsAt, runRows),
    ends: new Uint32Array(buffer, endsAt, runRows),
    out: new Uint32Array(buffer, outAt, 4 * runRows),
  };
}

function createTogether(kernel: KernelExports): TogetherWriter {
  const { buffer } = kernel.memory;
  const offsetsInput = new Int32Array(buffer, offsetsAt, runRows + 1);
  const wordsInput = new Int32Array(buffer, inputAt, inputBytes / 4);
  const bytesInput = new Uint8Array(buffer, inputAt, inputBytes);
  return {
    constant(word, rows) {
      kernel.writeConstant(endsAt, rows, wordsAt, word);
    },
    words(values) {
      wordsInput.set(values);
      kernel.writeWords(endsAt, values.length, wordsAt, inputAt);
    },
    pairs(values) {
      wordsInput.set(values);
      kernel.writePairs(endsAt, values.length / 2, wordsAt, inputAt);
    },
    texts(offsets, values) {
      const rows = offsets.length - 1;
      const first = offsets[0]!;
      const end = offsets[rows]!;
      if (end - first > inputBytes) return false;
      offsetsInput.set(offsets);
      bytesInput.set(values.subarray(first, end));
      kernel.writeTexts(endsAt, rows, wordsAt, offsetsAt, inputAt - first);
      return true;
    },
  };
}

/** Four rows at once, by WebAssembly's vectors. Undefined where the processor has none (x86 without SSE 4.1). */
export function createSimdHasher(): RowHasher | undefined {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };
  const bytes = Buffer.from(rowKernelModule, 'base64');
  if (!WebAssembly.validate(bytes)) return undefined;
  const kernel = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as KernelExports;
  const { out, ...views } = viewsOf(kernel.memory.buffer);
  return {
    ...views,
    together: createTogether(kernel),
    hash(rows) {
      // The fours must be full: rows without words take the free places.
      for (let row = rows; (row & 3) !== 0; row++) views.starts[row] = views.ends[row] = 0;
      kernel.hashRows(startsAt, endsAt, rows, wordsAt, outAt);
      return out;
    },
  };
}

/** The same, row by row. */
export function createPlainHasher(): RowHasher {
  const { out, ...views } = viewsOf(new ArrayBuffer(wordsAt + 4 * runWords));
  return {
    ...views,
    together: undefined,
    hash(rows) {
      const { words, starts, ends } = views;
      for (let row = 0; row < rows; row++) murmur3Words(words, starts[row]!, ends[row]! - starts[row]!, out, 4 * row);
      return out;
    },
  };
}
