import { isBadContent } from '@riffle/core';
import { memoryFile, rowsOf } from '@riffle/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handmadeShard, int32, list, text } from '../test/handmade.ts';
import createReader, { optionsSchema } from './index.ts';

const numbers = Array.from({ length: 40 }, (_, row) => row);
const sound = handmadeShard([
  {
    name: 'codes',
    encoding: 'ndarray:int32',
    size: null,
    values: numbers.map((row) => list(...numbers.slice(0, row % 6))),
  },
  { name: 'id', encoding: 'int32', size: 4, values: numbers.map(int32) },
  { name: 'inner', encoding: 'json', size: null, values: numbers.map((row) => text(`[${row}]`)) },
  { name: 'text', encoding: 'str', size: null, values: numbers.map((row) => text(`wave ${row} 音`)) },
]);

/** How many rows there are, or why there are none: an error that is not the file's fault is not expected. */
async function outcome(bytes: Uint8Array, location = '/damaged.mds'): Promise<string> {
  const reader = createReader({ fragmentBytes: 1024 });
  const file = memoryFile(location, bytes);
  let rows = 0;
  try {
    const survey = await reader.survey(file);
    for (const fragment of survey.fragments.keys())
      for await (const batch of reader.read(file, fragment, { targetBatchBytes: 2000 })) rows += rowsOf(batch).length;
    expect(rows).toBe(survey.rows);
  } catch (error) {
    if (isBadContent(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return `${rows} rows`;
}

describe('a damaged shard', () => {
  it('is read with as many rows, or refused, whatever bytes differ', async () => {
    expect(await outcome(sound)).toBe('40 rows');
    let refused = 0;
    const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    await fc.assert(
      fc.asyncProperty(place, fc.uint8Array({ minLength: 1, maxLength: 8 }), async (where, change) => {
        const bytes = Uint8Array.from(sound);
        const at = Math.min(Math.floor(where * bytes.length), bytes.length - change.length);
        bytes.set(change, at);
        const found = await outcome(bytes);
        if (found.startsWith('BAD') || found.startsWith('UNSUPPORTED')) refused++;
        else expect(found).toBe('40 rows');
      }),
      { numRuns: 600 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it('is refused wherever it is cut off', async () => {
    for (let length = 0; length < sound.length; length += 13)
      expect([length, await outcome(sound.subarray(0, length))]).toEqual([
        length,
        expect.stringContaining('BAD_CONTENT'),
      ]);
  });

  it('takes no memory that it only declares', async () => {
    const bytes = Uint8Array.from(sound);
    new DataView(bytes.buffer).setUint32(0, 2 ** 32 - 1, true);
    const file = memoryFile('/many.mds', bytes);
    await expect(createReader().survey(file)).rejects.toThrow(/4294967295 rows are more/);
    expect(file.reads.every(({ length }) => length <= 8)).toBe(true);
  });
});

it.each([
  ['pickled', { encoding: 'pkl', size: null, values: [text('x')] }, 'UNSUPPORTED_CONTENT: Column a is pickled'],
  [
    'two dimensions',
    { encoding: 'ndarray:int8', size: null, values: [Buffer.from([8, 1, 1, 9])] },
    'is an array of 2 dimensions',
  ],
  [
    'not UTF-8',
    { encoding: 'str', size: null, values: [text('x'), Buffer.from([0xff])] },
    'Row 1, counted from 0, column a: it is not UTF-8.',
  ],
])('says what is wrong: %s', async (_, column, message) => {
  expect(await outcome(handmadeShard([{ name: 'a', ...column }]))).toContain(message);
});

it('says that compressed shards are not read', async () => {
  expect(await outcome(sound, '/data/shard.00000.mds.zstd')).toMatch(/^UNSUPPORTED_CONTENT: .*Decompress/);
});

it('tells which columns are read as their text', async () => {
  const { warnings, schema: _schema } = await createReader().survey(memoryFile('/a.mds', sound));
  expect(warnings).toEqual(['Column inner is JSON, read as its text.']);
});

it('reads only what a fragment needs', async () => {
  const file = memoryFile('/a.mds', sound);
  const reader = createReader({ fragmentBytes: 1024 });
  const { fragments } = await reader.survey(file);
  expect(fragments.length).toBeGreaterThan(1);
  const before = file.reads.length;
  for await (const _ of reader.read(file, 0, { targetBatchBytes: 2 ** 20 }));
  const read = file.reads.slice(before).reduce((sum, { length }) => sum + length, 0);
  expect(read).toBe(fragments[0]!.bytes + 4 * (fragments[0]!.rows + 1));
});

it('refuses options that do not fit by their names, and describes all of them', () => {
  expect(() => createReader({ fragmentBytes: 0 })).toThrow('fragmentBytes');
  expect(() => createReader({ colour: 1 })).toThrow('colour');
  const { properties } = optionsSchema as { readonly properties: Readonly<Record<string, { description?: string }>> };
  expect(Object.values(properties).every(({ description }) => description?.endsWith('.'))).toBe(true);
});
