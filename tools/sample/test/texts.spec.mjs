import { expect, test } from 'vitest';
import { COLLECTIONS } from '../src/collections.mjs';
import { GRAMMARS } from '../src/grammars.mjs';
import { createRandom } from '../src/random.mjs';
import { newSentence } from '../src/sentences.mjs';
import { planShards } from '../src/utterances.mjs';

const shards = planShards(COLLECTIONS);
const present = shards.filter(({ state }) => state !== 'missing');
const utterances = present.flatMap((shard) => shard.utterances);

test('the set is as large and as varied as a sample must be', () => {
  expect(utterances.length).toBeGreaterThanOrEqual(500);
  expect(present.length).toBeGreaterThanOrEqual(20);
  expect(COLLECTIONS).toHaveLength(5);
  expect(new Set(utterances.map(({ speaker }) => speaker)).size).toBeGreaterThanOrEqual(3);
});

test('what a truncated file takes with it leaves enough to merge', () => {
  const readable = shards.filter(({ state }) => state === 'whole').flatMap((shard) => shard.utterances);
  expect(readable.length).toBeGreaterThanOrEqual(500);
});

test('one shard is missing, and one of another collection is truncated', () => {
  const odd = shards.filter(({ state }) => state !== 'whole');
  expect(odd.map(({ collection, name, state }) => `${collection}/${name} ${state}`)).toEqual([
    'dialogue/00003 missing',
    'news/00002 truncated',
  ]);
});

test('no two recordings have the same text or the same name', () => {
  expect(new Set(utterances.map(({ text }) => text)).size).toBe(utterances.length);
  expect(new Set(utterances.map(({ path }) => path)).size).toBe(utterances.length);
});

test('all sentences are complete', () => {
  for (const { text } of utterances) expect(text).toMatch(/^[A-Z][^{}]*[.?]$/);
});

test.each(Object.entries(GRAMMARS))('each symbol that the grammar "%s" uses is one that it has', (_, grammar) => {
  const used = Object.values(grammar)
    .flat()
    .flatMap((alternative) => alternative.match(/(?<=\{)\w+(?=\})/g) ?? []);
  expect(new Set(['sentence', ...used])).toEqual(new Set(Object.keys(grammar)));
});

test('the same seed gives the same texts, another seed others', () => {
  /** @param {string} seed */
  const text = (seed) => newSentence(GRAMMARS.news, createRandom(seed), new Set());
  expect(text('a')).toBe(text('a'));
  expect(text('a')).not.toBe(text('b'));
});

test('a grammar that has no new sentence left says so', () => {
  const taken = new Set();
  const grammar = { sentence: ['Yes.', 'No.'] };
  const next = () => newSentence(grammar, createRandom('any'), taken);
  expect(new Set([next(), next()])).toEqual(new Set(['Yes.', 'No.']));
  expect(next).toThrow('no new sentence');
});
