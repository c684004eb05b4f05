import type { Reader } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { describeReader, makeBatch, rowsOf, typeCatalogue, type ReaderSample } from '../src/index.ts';
import { fails } from './fails.ts';
import { createToyReader, createToyWriter } from './toy-arrow.ts';

async function sample(name: string, rows: readonly number[]): Promise<ReaderSample> {
  const { schema } = typeCatalogue.find((entry) => entry.title === 'struct<int32, utf8>, flat')!.make(1);
  const batches = rows.map((count, seed) => makeBatch(schema, { rows: count, seed, nullShare: 0.2 }));
  const parts: Uint8Array[] = [];
  const shard = await createToyWriter().create(
    { write: async (bytes) => void parts.push(new Uint8Array(bytes)) },
    { schema, compression: 'none', rowGroupBytes: 1 },
  );
  for (const batch of batches) await shard.write(batch);
  await shard.close();
  return { name, rows: batches.flatMap(rowsOf), bytes: Buffer.concat(parts) };
}

const samples = () => Promise.all([sample('several', [300, 20, 9000]), sample('none', [])]);

describeReader({ describe, it, expect }, { makeReader: createToyReader, samples });

describe('the suite for readers sees one that', () => {
  const good = createToyReader();
  it.each<[string, Partial<Reader>, string]>([
    [
      'can be changed',
      { capabilities: { rowCounts: 'metadata', access: 'random' } },
      'says what it is and cannot be changed',
    ],
    [
      'takes every file for its own',
      { detect: () => true },
      'knows its files by ending and, if it can, by their first bytes',
    ],
    [
      'reads all to survey',
      { survey: async (file, options) => (await file.read(0, file.size), good.survey(file, options)) },
      'reads metadata only when it surveys',
    ],
    [
      'miscounts',
      { survey: async (...values) => ({ ...(await good.survey(...values)), rows: 1 }) },
      'surveys rows, fragments and columns, as plain data',
    ],
    [
      'loses the last row',
      {
        async *read(...values) {
          for await (const batch of good.read(...values)) yield batch.slice(0, batch.numRows - 1);
        },
      },
      'gives all rows in order, in the schema it surveyed',
    ],
    [
      'ignores the fragment',
      {
        async *read(file, fragment, options) {
          if (fragment === 0) for (const index of [0, 1, 2]) yield* good.read(file, index, options);
        },
      },
      'reads a fragment by itself and in any order, if it says so',
    ],
    [
      'inspects other fragments than it surveys',
      {
        inspect: async (file, options) => {
          const { rows } = await good.survey(file, options);
          const fragments = [{ rows, bytes: 1, uncompressedBytes: 1 }];
          return { fragments, columns: [], metadata: [] };
        },
      },
      'inspects what it surveys, as JSON, if it can',
    ],
    ['does not stop', { survey: (file) => good.survey(file) }, 'stops when told to, with the reason given'],
    [
      'swallows errors of the storage',
      {
        survey: (file, options) =>
          good.survey(file, options).catch((error: unknown) => {
            throw new TypeError(String(error));
          }),
      },
      'passes on what the storage throws',
    ],
    [
      'takes the beginning of a file for all of it',
      {
        survey: (file, options) =>
          good
            .survey(file, options)
            .catch(() => ({ rows: 0, fragments: [], schema: new Uint8Array(), columns: [], warnings: [] })),
      },
      'calls every beginning of a file bad content, and never gives fewer rows silently',
    ],
  ])('%s', async (_, broken, title) => {
    expect(
      await fails(title, (runner) => describeReader(runner, { makeReader: () => ({ ...good, ...broken }), samples })),
    ).toBe(true);
  });
});
