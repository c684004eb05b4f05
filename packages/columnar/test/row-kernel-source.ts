import loadWabt from 'wabt';
import { murmur3SimdText } from './murmur3-simd-source.ts';
import { rowWritersText } from './row-writers-source.ts';

/** Of 64 KiB. The room that `src/row-hasher.ts` divides. */
const PAGES = 22;

/** Compiles the WebAssembly module of `src/row-kernel.ts`. */
export async function compileRowKernel(): Promise<Uint8Array> {
  const wabt = await loadWabt();
  const text = `(module (memory (export "memory") ${PAGES}) ${rowWritersText} ${murmur3SimdText()})`;
  const module = wabt.parseWat('row-kernel.wat', text, { simd: true });
  module.validate();
  return module.toBinary({}).buffer;
}
