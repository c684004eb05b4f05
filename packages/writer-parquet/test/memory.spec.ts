import { expect, test } from 'vitest';
import createWriter from '../src/index.ts';
import { batchOf, binaries, integers, noise, texts } from './batches.ts';
import { tuningOf } from './write-file.ts';

// vitest gives every test file a process of its own, so the wasm heap here is that of these tests alone.
test('writing two full row groups of incompressible audio takes less than 64 MB of codec memory', async () => {
  const writer = createWriter();
  const rows = 80;
  const batch = batchOf({ audio: binaries(rows, (index) => noise(100_000, index)) });
  let bytes = 0;
  const target = { write: async (piece: Uint8Array) => void (bytes += piece.length) };
  const shard = await writer.create(target, { schema: batch.schema, compression: 'zstd', rowGroupBytes: 64 * 2 ** 20 });
  const batches = Math.ceil((2 * 64 * 2 ** 20) / (rows * 100_000));
  for (let count = 0; count < batches; count++) await shard.write(batch);
  await shard.close();
  expect(bytes).toBeGreaterThan(2 * 64 * 2 ** 20);
  expect(writer.heldBytes!()).toBeLessThan(64e6);
  expect(writer.heldBytes!()).toBeLessThan(
    writer.estimateHeldBytes!({ rowGroupBytes: 64 * 2 ** 20, largestColumn: 0 }),
  );
});

test('neither does one batch that is far larger than it should be', async () => {
  const writer = createWriter();
  const batch = batchOf({ audio: binaries(500, (index) => noise(100_000, index)) });
  const shard = await writer.create(
    { write: async () => undefined },
    { schema: batch.schema, compression: 'none', rowGroupBytes: 64 * 2 ** 20 },
  );
  await shard.write(batch);
  expect(await shard.close()).toEqual({ rows: 500 });
  expect(writer.heldBytes!()).toBeLessThan(64e6);
});

test('the pages of the largest column do not pile up', async () => {
  const writer = createWriter();
  const batch = batchOf({
    audio: binaries(80, (index) => noise(100_000, index)),
    number: integers(80, (index) => index),
  });
  let written = 0;
  const target = { write: async (piece: Uint8Array) => void (written += piece.length) };
  const shard = await writer.create(target, { schema: batch.schema, compression: 'none', rowGroupBytes: 64 * 2 ** 20 });
  for (let count = 1; count <= 6; count++) {
    await shard.write(batch);
    expect(written).toBeGreaterThan(count * 80 * 100_000);
  }
  await shard.abort();
});

test('ten thousand tiny files take seconds, not minutes', async () => {
  const writer = createWriter();
  const batch = batchOf({ id: integers(100, (index) => index), name: texts(100, (index) => `name ${index % 7}`) });
  const tuning = tuningOf([['id'], ['name']], 'DELTA_BINARY_PACKED', 'RLE_DICTIONARY');
  let files = 0;
  const started = performance.now();
  for (; files < 1000; files++) {
    const shard = await writer.create(
      { write: async () => undefined },
      { schema: batch.schema, compression: 'zstd', rowGroupBytes: 64 * 2 ** 20, tuning },
    );
    await shard.write(batch);
    await shard.close();
  }
  // 0.5 ms on a quiet machine; the bound is only there to catch work that grows with the number of files.
  expect((performance.now() - started) / files).toBeLessThan(10);
  expect(writer.heldBytes!()).toBeLessThan(64e6);
});
