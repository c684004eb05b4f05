import { RiffleError } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { nextCommand, type NextQuestion } from './next-command.ts';

const question: NextQuestion = {
  error: undefined,
  words: ['run', 'my recipe.yaml', '--set', `columns.drop=["it's"]`],
  resumable: false,
  output: 'out',
  collections: new Map([['tts', 'data/my tts']]),
  commands: new Set(['run', 'plan', 'verify', 'inspect']),
};
const words = String.raw`'my recipe.yaml' --set 'columns.drop=["it'\''s"]'`;

describe('the command to type next', () => {
  it.each<[string, Partial<NextQuestion>, string | undefined]>([
    ['goes on, with the own words', { resumable: true }, `riffle run ${words} --resume`],
    [
      'goes on and does not start afresh',
      { resumable: true, words: ['run', 'x', '--overwrite'] },
      'riffle run x --resume',
    ],
    ['is help', { error: new RiffleError('USAGE', 'x') }, 'riffle run --help'],
    ['is help for an unknown command', { error: new RiffleError('USAGE', 'x'), words: ['rnu'] }, 'riffle --help'],
    [
      'looks at the shard',
      { error: new RiffleError('BAD_SHARD', 'x', { collection: 'tts', shard: '00001' }) },
      "riffle inspect 'data/my tts/00001'",
    ],
    ['looks at a collection', { error: new RiffleError('NO_ROWS', 'x') }, "riffle inspect 'data/my tts'"],
    ['is not one that is not there', { error: new RiffleError('NO_ROWS', 'x'), commands: new Set(['run']) }, undefined],
    [
      'looks at the result that is in the way',
      { error: new RiffleError('OUTPUT_NOT_EMPTY', 'x', { finished: true }) },
      'riffle verify out',
    ],
    [
      'goes on with what is in the way',
      { error: new RiffleError('OUTPUT_NOT_EMPTY', 'x', { interrupted: true }) },
      `riffle run ${words} --resume`,
    ],
    ['plans', { error: new RiffleError('SCHEMA_CONFLICT', 'x') }, `riffle plan ${words}`],
    ['is nothing where only people know', { error: new RiffleError('RECIPE_INVALID', 'x') }, undefined],
    [
      'is nothing for what is not there',
      { error: new RiffleError('NOT_A_RESULT', 'x does not exist.'), words: ['verify', 'x'] },
      undefined,
    ],
    [
      'asks for everything where nothing was said',
      { error: new RiffleError('RECIPE_INVALID', 'x'), words: ['run'], commands: new Set(['init', 'run']) },
      'riffle init',
    ],
    ['is nothing for a bug', { error: new TypeError('x') }, undefined],
  ])('%s', (_, changes, command) => {
    expect(nextCommand({ ...question, ...changes })).toBe(command);
  });
});
