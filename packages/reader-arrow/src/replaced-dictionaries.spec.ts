import { memoryFile } from '@riffle/testkit';
import { Dictionary, Int32, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { expect, it } from 'vitest';
import createArrowReader from './index.ts';

const END_BYTES = 8;
const type = new Dictionary(new Utf8(), new Int32(), 7);
const streamOf = (words: readonly string[]) => tableToIPC(new Table({ word: vectorFromArray(words, type) }), 'stream');

it('batches of one fragment are decoded by the dictionary that stands before each', async () => {
  const [one, other] = [streamOf(['a', 'b', 'a']), streamOf(['c', 'd', 'c'])];
  const schemaBytes = 8 + new DataView(other.buffer, other.byteOffset).getInt32(4, true);
  const bytes = new Uint8Array(Buffer.concat([one.subarray(0, -END_BYTES), other.subarray(schemaBytes)]));
  const reader = createArrowReader();
  const file = memoryFile('/replaced.arrow', bytes);
  expect((await reader.survey(file)).fragments).toHaveLength(1);
  const words: unknown[] = [];
  for await (const batch of reader.read(file, 0, { targetBatchBytes: 2 ** 20 })) words.push(...batch.getChild('word')!);
  expect(words).toEqual(['a', 'b', 'a', 'c', 'd', 'c']);
});

it('what each fragment reads does not grow with the dictionaries that were replaced before it', async () => {
  const parts = Array.from({ length: 60 }, (_, index) => streamOf([`${index}`.repeat(40_000), 'b']));
  const schemaBytes = 8 + new DataView(parts[0]!.buffer, parts[0]!.byteOffset).getInt32(4, true);
  const bodies = parts.map((part) => part.subarray(schemaBytes, -END_BYTES));
  const bytes = new Uint8Array(
    Buffer.concat([parts[0]!.subarray(0, schemaBytes), ...bodies, parts[0]!.subarray(-END_BYTES)]),
  );
  const reader = createArrowReader();
  const file = memoryFile('/replaced.arrow', bytes);
  await reader.survey(file);
  const before = file.reads.length;
  const words: unknown[] = [];
  // One batch at a time.
  for await (const batch of reader.read(file, 0, { targetBatchBytes: 1 })) words.push(...batch.getChild('word')!);
  expect(words).toEqual(parts.flatMap((_, index) => [`${index}`.repeat(40_000), 'b']));
  const read = file.reads.slice(before).reduce((sum, { length }) => sum + length, 0);
  expect(read).toBeLessThan(1.5 * bytes.length);
});
