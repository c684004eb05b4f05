import { rowsOf, typeCatalogue, typeShapes, type CanonicalRow } from '@riffle/testkit';
import { Table, tableFromIPC, tableToIPC, type RecordBatch } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import {
  allocateWasmBytes,
  decodeParquet,
  heldBytes,
  loadParquetWasm,
  viewRecordBatch,
  type DecodeOptions,
} from '../src/index.ts';

const wasm = loadParquetWasm();
const { glue } = wasm;

function write(batch: RecordBatch): Uint8Array {
  return glue.writeParquet(glue.Table.fromIPCStream(tableToIPC(new Table([batch]), 'stream')));
}

function decodeRows(bytes: Uint8Array, options: DecodeOptions): CanonicalRow[] {
  const file = allocateWasmBytes(wasm, bytes.length);
  file.view().set(bytes);
  const table = decodeParquet(wasm, file, options);
  const rows = table.arrays.flatMap((array) => rowsOf(viewRecordBatch(wasm.exports.memory, table.schema, array)));
  table.free();
  return rows;
}

describe('views of decoded rows are what the IPC stream gives', () => {
  test.each(typeShapes)('%s', (shape) => {
    // Nested dictionaries cannot be written by the codec; for parts of null columns apache-arrow notes a wrong null count.
    const unwritable = (type: string) =>
      (type.startsWith('dictionary') && shape.startsWith('in ')) || (type === 'null' && shape !== 'flat');
    const cases = typeCatalogue.filter((entry) => entry.shape === shape && !unwritable(entry.type));
    expect(cases.length).toBeGreaterThan(30);
    for (const { title, make } of cases) {
      const bytes = write(make(150));
      const expected = tableFromIPC(glue.readParquet(bytes).intoIPCStream()).batches.flatMap((batch) => rowsOf(batch));
      expect({ title, rows: decodeRows(bytes, { batchSize: 150 }) }).toEqual({ title, rows: expected });
      expect({ title, rows: decodeRows(bytes, { batchSize: 70, offset: 20, limit: 111 }) }).toEqual({
        title,
        rows: expected.slice(20, 131),
      });
    }
  });
});

test('an empty file gives no rows', () => {
  const { make } = typeCatalogue[0]!;
  expect(decodeRows(write(make(0)), { batchSize: 10 })).toEqual([]);
});

describe('decoding', () => {
  const bytes = write(
    typeCatalogue.find(({ type, shape }) => type === 'list<list<utf8>>' && shape === 'flat')!.make(20_000),
  );

  test('frees what it took: memory stays as it is after the first', () => {
    const load = () => {
      const file = allocateWasmBytes(wasm, bytes.length);
      file.view().set(bytes);
      return file;
    };
    decodeParquet(wasm, load(), { batchSize: 20_000 }).free();
    const after = heldBytes();
    for (let round = 0; round < 60; round++) decodeParquet(wasm, load(), { batchSize: 20_000 }).free();
    expect(heldBytes()).toBe(after);
  });

  test('frees what it took also when it fails, with the message of the codec', () => {
    const broken = bytes.slice(0, -20);
    const attempt = () => {
      const file = allocateWasmBytes(wasm, broken.length);
      file.view().set(broken);
      decodeParquet(wasm, file, { batchSize: 10 });
    };
    expect(attempt).toThrow('Parquet error: Invalid Parquet file. Corrupt footer');
    const after = heldBytes();
    for (let round = 0; round < 60; round++) expect(attempt).toThrow('Corrupt footer');
    expect(heldBytes()).toBe(after);
  });

  test('more than a wasm instance can hold is an error of its own', () => {
    expect(() => allocateWasmBytes(wasm, 2 ** 31 - 1)).not.toThrow(TypeError);
    const held: { free(): void }[] = [];
    try {
      expect(() => {
        for (let round = 0; round < 5; round++) held.push(allocateWasmBytes(wasm, 2 ** 30));
      }).toThrow('One wasm instance cannot hold 1073741824 bytes more (limit 4 GiB');
    } finally {
      for (const bytesHeld of held) bytesHeld.free();
    }
  });
});
