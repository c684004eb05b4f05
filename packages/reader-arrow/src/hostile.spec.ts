import fc from 'fast-check';
import { isBadContent } from '@riffle/core';
import { makeBatch, memoryFile, rowsOf } from '@riffle/testkit';
import { Binary, Field, Int32, List, Schema, Struct, Table, tableToIPC, Utf8, type DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import createArrowReader from './index.ts';

const schema = new Schema([
  new Field('id', new Int32(), true),
  new Field('text', new Utf8(), true),
  new Field('codes', new List(new Field('item', new Int32(), true)), true),
  new Field(
    'audio',
    new Struct([new Field('bytes', new Binary(), true), new Field('path', new Utf8(), true)]) as DataType,
    true,
  ),
]);
const batches = [1, 2].map((seed) => makeBatch(schema, { rows: 80, seed, nullShare: 0.2 }));
const limits = { decodedBytes: 2 ** 24, ratio: 10 };

/** The rows as text, or why there are none: an error that is not the file's fault is not expected. */
async function outcome(bytes: Uint8Array): Promise<string> {
  const reader = createArrowReader();
  const file = memoryFile('/damaged.arrow', bytes);
  const rows: unknown[] = [];
  try {
    for (const fragment of (await reader.survey(file)).fragments.keys())
      for await (const batch of reader.read(file, fragment, { targetBatchBytes: 2 ** 20, limits }))
        rows.push(...rowsOf(batch));
  } catch (error) {
    if (isBadContent(error)) return 'refused';
    throw error;
  }
  return `${rows.length} rows`;
}

describe.each(['file', 'stream'] as const)('a damaged %s', (layout) => {
  const sound = tableToIPC(new Table(schema, batches), layout);

  it('is read with as many rows, or refused, whatever byte differs', async () => {
    expect(await outcome(sound)).toBe('160 rows');
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255), async (place, value) => {
        const bytes = Uint8Array.from(sound);
        bytes[Math.floor(place * (bytes.length - 1))] = value;
        const found = await outcome(bytes);
        if (found === 'refused') refused++;
        else expect(found).toBe('160 rows');
      }),
      { numRuns: 600 },
    );
    expect(refused).toBeGreaterThan(10);
  }, 120_000);

  it('is refused wherever it is cut off', async () => {
    for (let length = 0; length < sound.length; length += 97)
      expect([length, await outcome(sound.subarray(0, length))]).toEqual([length, 'refused']);
  }, 60_000);
});

it('text that is not UTF-8 is refused, naming the column', async () => {
  const one = new Schema([new Field('words', new Utf8(), false)]);
  const bytes = Uint8Array.from(
    tableToIPC(new Table(one, [makeBatch(one, { rows: 50, seed: 3, nullShare: 0 })]), 'stream'),
  );
  const { valueOffsets, values } = makeBatch(one, { rows: 50, seed: 3, nullShare: 0 }).data.children[0]!;
  const text = (values as Uint8Array).subarray(0, valueOffsets[50]);
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(Buffer.from(text.subarray(0, 16)));
  expect(at).toBeGreaterThan(0);
  bytes[at] = 0xff;
  const reader = createArrowReader();
  const file = memoryFile('/words.arrow', bytes);
  const read = async () => {
    for await (const _ of reader.read(file, 0, { targetBatchBytes: 2 ** 20 }));
  };
  await expect(read()).rejects.toMatchObject({ message: expect.stringMatching(/words.*UTF-8/) });
});

it('an indices mapping fails the whole job with a reason: without it, the files beside it have other rows', async () => {
  const mapping = new Schema([new Field('indices', new Int32(), false)]);
  const bytes = tableToIPC(new Table(mapping, [makeBatch(mapping, { rows: 5, seed: 1, nullShare: 0 })]), 'stream');
  const reader = createArrowReader();
  await expect(reader.survey(memoryFile('/data/indices.arrow', bytes))).rejects.toMatchObject({
    code: 'RECIPE_INVALID',
    message: expect.stringContaining('flatten_indices'),
  });
  expect((await reader.survey(memoryFile('/data/data-00000-of-00001.arrow', bytes))).rows).toBe(5);
});

it('takes no options', () => {
  expect(() => createArrowReader({ any: 1 })).toThrow(/no options/);
});
