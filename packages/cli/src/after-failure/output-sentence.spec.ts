import { describe, expect, it } from 'vitest';
import type { OutputFacts } from './output-facts.ts';
import { outputSentence } from './output-sentence.ts';

const empty: OutputFacts = { exists: true, manifest: undefined, work: false, losses: false, others: 0 };
const failed = { output: 'out', before: empty, after: empty, publishing: false, resumable: false };

describe('what became of the output folder', () => {
  it.each([
    ['was never made', { after: { ...empty, exists: false } }, 'The output folder out does not exist.'],
    [
      'holds an old result',
      { before: { ...empty, manifest: '9 x' }, after: { ...empty, manifest: '9 x', others: 4 } },
      'The output folder out holds the result that it held before, untouched.',
    ],
    [
      'holds a new result',
      { before: { ...empty, manifest: '9 x' }, after: { ...empty, manifest: '9 y', others: 4 }, publishing: true },
      'The output folder out holds a new result with its manifest; what failed came after it.',
    ],
    [
      'was left while publishing',
      { after: { ...empty, others: 2, work: true }, publishing: true, resumable: true },
      'The output folder out has no manifest and is no result: the job failed while publishing, and some shards may be at their names. What was done is kept in it, to go on with.',
    ],
    [
      'holds work to go on with',
      { after: { ...empty, work: true }, resumable: true },
      'The output folder out holds no result. What was done is kept in it, to go on with.',
    ],
    ['holds a log', {}, 'The output folder out holds no result, at most a log in .riffle.'],
    [
      'holds losses',
      { after: { ...empty, losses: true } },
      'The output folder out holds no result, at most a log in .riffle; each loss is a line of out/.riffle/lost.jsonl.',
    ],
    [
      'holds a file of somebody',
      { after: { ...empty, others: 1 } },
      'The output folder out holds no result, and 1 thing in it that is not of this run, untouched.',
    ],
    ['cannot be read', { after: undefined }, 'This run published nothing that is known of: out cannot be looked into.'],
  ])('that %s', (_, changes, sentence) => {
    expect(outputSentence({ ...failed, ...changes })).toBe(sentence);
  });
});
