import { createFingerprintSums } from '@riffle/columnar';
import type { Sums } from '../moving/move-rows.ts';
import type { SumsRecord } from './journal-records.ts';
import { textOfWords, wordsOfText } from './words-text.ts';

/** The fingerprints of the whole input, for the journal. */
export function recordOfSums({ outputs, inputs }: Sums): SumsRecord {
  return {
    type: 'sums',
    outputs: textOfWords(outputs.words()),
    inputs: [...inputs].map(([shard, words]) => ({ shard, words: textOfWords(words) })),
  };
}

/** The fingerprints as they were, or undefined if they are not of so many output shards. */
export function sumsOfRecord(record: SumsRecord, shards: number): Sums | undefined {
  const words = wordsOfText(record.outputs, 4 * shards);
  const inputs = new Map<number, Uint32Array>();
  for (const input of record.inputs) {
    const own = wordsOfText(input.words, 4);
    if (own === undefined) return undefined;
    inputs.set(input.shard, own);
  }
  if (words === undefined) return undefined;
  const outputs = createFingerprintSums(shards);
  for (let shard = 0; shard < shards; shard++) outputs.add(shard, words, shard);
  return { outputs, inputs };
}
