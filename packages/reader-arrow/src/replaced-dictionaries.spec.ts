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
