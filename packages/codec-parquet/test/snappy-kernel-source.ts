import loadWabt from 'wabt';
import { snappyMemory } from '../src/snappy-memory.ts';
import { compress } from './snappy-compress-source.ts';
import { decompress } from './snappy-decompress-source.ts';

const { elementsAt, tagsAt, masksAt, patternsAt, stepsAt, bytes: memoryBytes } = snappyMemory;
/** Of memory. */
const PAGE = 65_536;

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
const data = (at: number, bytes: Uint8Array): string => `(data (i32.const ${at}) "${hex(bytes)}")`;

/** Of each tag of a copy: bytes behind it, the high bits of its offset, and its length, as `snap` packs them. */
function tagEntry(tag: number): number {
  const kind = tag & 3;
  if (kind === 0) return 0;
  if (kind === 1) return (1 << 11) | ((tag >> 5) << 8) | (((tag >> 2) & 7) + 4);
  return ((kind === 2 ? 2 : 4) << 11) | ((tag >> 2) + 1);
}

const tags = (): Uint8Array => new Uint8Array(Uint16Array.from({ length: 256 }, (_, tag) => tagEntry(tag)).buffer);

/** The same, with the length of literals of at most 60 bytes and the highest bit for them; 0 for what is rare: longer literals, and offsets of 4 bytes. */
function elements(): Uint8Array {
  const entries = Uint32Array.from({ length: 256 }, (_, tag) => {
    const kind = tag & 3;
    const length = (tag >> 2) + 1;
    if (kind === 0) return length > 60 ? 0 : 2 ** 31 + length;
    return kind === 3 ? 0 : tagEntry(tag);
  });
  return new Uint8Array(entries.buffer);
}

/** Of each offset below 16: which of 16 bytes stand where it repeats, and how many of them are whole repetitions. */
const patterns = Uint8Array.from({ length: 256 }, (_, index) => (index & 15) % Math.max(1, index >> 4));
const steps = Uint8Array.from({ length: 16 }, (_, offset) => (offset === 0 ? 16 : 16 - (16 % offset)));
const masks = new Uint8Array(Uint32Array.of(0, 0xff, 0xffff, 0xffffff, 0xffffffff).buffer);

/** Compiles the WebAssembly module of `src/snappy-kernel-module.ts`. */
export async function compileSnappyKernel(): Promise<Uint8Array> {
  const wabt = await loadWabt();
  const tables = [
    data(elementsAt, elements()),
    data(tagsAt, tags()),
    data(patternsAt, patterns),
    data(stepsAt, steps),
    data(masksAt, masks),
  ];
  const text = `(module (memory (export "memory") ${memoryBytes / PAGE}) ${compress} ${decompress} ${tables.join(' ')})`;
  const features = { simd: true, bulk_memory: true };
  const module = wabt.parseWat('snappy-kernel.wat', text, features);
  module.validate();
  return module.toBinary({}).buffer;
}
