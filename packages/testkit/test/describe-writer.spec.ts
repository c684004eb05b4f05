import type { ShardWriter, Writer } from '@riffle/core';
import type { RecordBatch } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { describeWriter, memoryFile, rowsOf, type CanonicalRow } from '../src/index.ts';
import { fails } from './fails.ts';
import { createToyReader, createToyWriter } from './toy-arrow.ts';

async function readBack(bytes: Uint8Array): Promise<CanonicalRow[]> {
  const [reader, file] = [createToyReader(), memoryFile('/file', bytes)];
  const rows: CanonicalRow[] = [];
  for (const fragment of (await reader.survey(file)).fragments.keys()) {
    for await (const batch of reader.read(file, fragment, { targetBatchBytes: 2 ** 20 })) rows.push(...rowsOf(batch));
  }
  return rows;
}

describeWriter({ describe, it, expect }, { makeWriter: createToyWriter, readBack });

describe('the suite for writers sees one that', () => {
  const good = createToyWriter();
  const withShard = (change: (shard: ShardWriter) => Partial<ShardWriter>): Partial<Writer> => ({
    create: async (...values) => {
      const shard = await good.create(...values);
      return { ...shard, ...change(shard) };
    },
  });
  let count = 0;

  it.each<[string, Partial<Writer>, string]>([
    [
      'drops a row',
      withShard((shard) => ({ write: (batch) => shard.write(batch.numRows > 90 ? batch.slice(1) : batch) })),
      'keeps int8, flat',
    ],
    [
      'miscounts',
      withShard((shard) => ({ close: async () => ({ rows: (await shard.close()).rows + 1 }) })),
      'keeps int8, flat',
    ],
    ['quietens NaNs', withShard((shard) => ({ write: (batch) => shard.write(quiet(batch)) })), 'keeps float64, flat'],
    [
      'gives other bytes each time',
      {
        create: (target, options) =>
          good.create({ write: (bytes) => target.write(Buffer.concat([bytes, Buffer.alloc(count++ % 5)])) }, options),
      },
      'gives the same bytes for the same batches, whatever it wrote before',
    ],
    [
      'keeps batches until it closes',
      withShard((shard) => {
        const kept: RecordBatch[] = [];
        return {
          write: async (batch) => void kept.push(batch),
          close: async () => {
            for (const batch of kept) await shard.write(batch);
            return shard.close();
          },
        };
      }),
      'is done with a batch once it is written',
    ],
    [
      'does not wait',
      { create: (target, options) => good.create({ write: async (bytes) => void target.write(bytes) }, options) },
      'waits for a slow target, and writes to it in order',
    ],
    [
      'goes on after an abort',
      withShard((shard) => ({ abort: async () => void setTimeout(() => void shard.close(), 1) })),
      'writes nothing after it was aborted',
    ],
    [
      'does not stop',
      { create: (target, options) => good.create(target, options) },
      'stops when told to, with the reason given',
    ],
    [
      'chooses by chance',
      { tune: async () => ({ chosen: count++ }) },
      'chooses its tuning from samples alone, and takes it back from JSON',
    ],
  ])('%s', async (_, broken, title) => {
    expect(
      await fails(title, (runner) =>
        describeWriter(runner, { makeWriter: () => ({ ...good, ...broken }), readBack, randomRuns: 1 }),
      ),
    ).toBe(true);
  });
});

/** What passing values through JavaScript numbers does to some NaNs: their payload goes. */
function quiet(batch: RecordBatch): RecordBatch {
  const values = batch.data.children[0]?.values as unknown;
  if (values instanceof Float64Array)
    values.forEach((value, index) => {
      if (Number.isNaN(value)) values[index] = NaN;
    });
  return batch;
}
