import { Field, Int32, Schema, Table, tableToIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { compileParquetWasm, heldBytes, loadParquetWasm, renewParquetWasm } from './parquet-wasm.ts';

test('one instance per thread, from a module compiled once', () => {
  expect(heldBytes()).toBe(0);
  const module = compileParquetWasm();
  const first = loadParquetWasm(module);
  expect(loadParquetWasm()).toBe(first);
  expect(first.glue.wasmMemory()).toBe(first.exports.memory);
  expect(heldBytes()).toBe(first.exports.memory.buffer.byteLength);
});

test('renewed, it is another instance with memory and glue of its own, and the same abilities', () => {
  const first = loadParquetWasm();
  const table = first.glue.Table.fromIPCStream(emptyStream());
  renewParquetWasm();
  const second = loadParquetWasm();
  expect(second.exports.memory).not.toBe(first.exports.memory);
  expect(second.glue.wasmMemory()).toBe(second.exports.memory);
  expect(
    Object.keys(second.glue)
      .filter((name) => name !== 'initSync')
      .toSorted(),
  ).toEqual(
    Object.keys(first.glue)
      .filter((name) => name !== 'initSync' && name !== 'default')
      .toSorted(),
  );
  const written = second.glue.writeParquet(second.glue.Table.fromIPCStream(emptyStream()));
  expect(Buffer.from(written).equals(first.glue.writeParquet(table))).toBe(true);
  expect(loadParquetWasm()).toBe(second);
});

function emptyStream(): Uint8Array {
  return tableToIPC(new Table(new Schema([new Field('value', new Int32())])), 'stream');
}
