import { describe, expect, it } from 'vitest';
import { didYouMean, nearestWord } from './nearest-word.ts';

describe('the nearest word', () => {
  it.each([
    ['spekaer', ['text', 'speaker', 'id'], 'speaker'],
    ['sharsd', ['shards', 'seed'], 'shards'],
    ['row-group-bytes', ['rowGroupBytes'], 'rowGroupBytes'],
    ['Text', ['text'], 'text'],
    ['tst', ['news', 'tts'], 'tts'],
    ['spil', ['auto', 'memory', 'spill', 'passes'], 'spill'],
    ['audio.smapling_rate', ['audio', 'audio.sampling_rate'], 'audio.sampling_rate'],
  ])('of %s among %j is %s', (word, candidates, nearest) => {
    expect(nearestWord(word, candidates)).toBe(nearest);
    expect(didYouMean(word, candidates)).toBe(`; did you mean ${nearest}?`);
  });

  it.each([
    ['banana', ['text', 'speaker']],
    ['x', ['id', 'y']],
    ['lzo', ['lz4', 'zstd']],
    ['', ['text']],
    ['text', []],
    ['a'.repeat(1_000_000), ['a']],
  ])('of something else is none', (word, candidates) => {
    expect(nearestWord(word, candidates)).toBe(undefined);
    expect(didYouMean(word, candidates)).toBe('');
  });
});
