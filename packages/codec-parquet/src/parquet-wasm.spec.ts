import { expect, test } from 'vitest';
import { compileParquetWasm, heldBytes, loadParquetWasm } from './parquet-wasm.ts';

test('one instance per thread, from a module compiled once', () => {
  expect(heldBytes()).toBe(0);
  const module = compileParquetWasm();
  const first = loadParquetWasm(module);
  expect(loadParquetWasm()).toBe(first);
  expect(first.glue.wasmMemory()).toBe(first.exports.memory);
  expect(heldBytes()).toBe(first.exports.memory.buffer.byteLength);
});
