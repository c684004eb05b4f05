import { ZSTDDecoder } from 'zstddec/stream';

/**
 * Functions of libzstd (`zstd.h`) in WebAssembly. Addresses and sizes are 32 bits; what fails answers the negative number of an error
 * (`zstd_errors.h`).
 */
export interface ZstdLibrary {
  /** `buffer` is another object each time the memory has grown. */
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly malloc: (bytes: number) => number;
  readonly free: (address: number) => void;
  readonly ZSTD_createDCtx: () => number;
  readonly ZSTD_freeDCtx: (context: number) => number;
  readonly ZSTD_decompressStream: (context: number, output: number, input: number) => number;
}

/** What a larger memory is let go for. */
const keptBytes = 2 ** 25;

type Instantiated = Parameters<ZSTDDecoder['_init']>[0];
interface WebAssemblyApi {
  readonly Instance: new (module: unknown, imports: unknown) => { readonly exports: unknown };
}

let compiling: Promise<unknown> | undefined;
let library: ZstdLibrary | undefined;
let users = 0;
let held = 0;

/** The decoder of zstddec cannot go on after damaged data, nor give back what it holds; the library that it brings can. */
async function compile(): Promise<unknown> {
  const decoder = new ZSTDDecoder();
  let module: unknown;
  decoder._init = (source: Instantiated) => {
    module = source.module;
  };
  await decoder.init();
  return module;
}

/** The library, for whom {@link leaveZstd} is called once. One instance in each thread. */
export async function enterZstd(): Promise<ZstdLibrary> {
  compiling ??= compile();
  const module = await compiling;
  if (library === undefined) {
    const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };
    const imports = { env: { emscripten_notify_memory_growth: () => undefined } };
    library = new WebAssembly.Instance(module, imports).exports as ZstdLibrary;
  }
  users++;
  return library;
}

/** A memory never shrinks: a large one goes with the last who uses it. */
export function leaveZstd(): void {
  users--;
  const bytes = library?.memory.buffer.byteLength ?? 0;
  held = Math.max(held, bytes);
  if (users === 0 && bytes > keptBytes) library = undefined;
}

/** Bytes of memory that zstd has taken in this thread, at their high-water mark. */
export const heldByZstd = (): number => Math.max(held, library?.memory.buffer.byteLength ?? 0);
