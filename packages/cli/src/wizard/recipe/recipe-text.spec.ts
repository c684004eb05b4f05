import { recipeSchema } from '@riffle/core/recipe';
import { describe, expect, it } from 'vitest';
import { parseRecipeFile } from '../../recipe/recipe-file.ts';
import { keyComment } from './comments.ts';
import { recipeText } from './recipe-text.ts';

const values = {
  collections: [
    { name: 'tts', path: 'data/tts' },
    { name: 'news', path: 'data/news', expect: 5 },
  ],
  output: 'out',
  shards: 8,
  seed: '007',
};

const valuesOf = (text: string) => {
  const { value, problems } = parseRecipeFile({ name: 'riffle.yaml', text });
  expect(problems).toEqual([]);
  return value;
};

describe('the text of a recipe', () => {
  it('explains each key of a new one, and is read back as the same values', () => {
    const text = recipeText(values, undefined, false);
    expect(text).toMatchInlineSnapshot(`
      "# Written by \`riffle init\`, which can edit it again. \`riffle run\` with the name of this file runs it.

      # The inputs. Their order is part of the job: it decides the numbers of the rows, and so where
      # each goes.
      collections:
        - name: tts
          path: data/tts
        - name: news
          path: data/news
          expect: 5

      # The folder for the result: new or empty, unless overwrite says otherwise. Neither inside an
      # input nor around one.
      output: out

      # How many files the result has, at most one for each row. Their rows differ by one at most. (1 to
      # 10000; default: 256.)
      shards: 8

      # The seed of the shuffle, used verbatim. The same inputs and seed give the same bytes. (Default:
      # 42.)
      seed: "007"
      "
    `);
    expect(valuesOf(text)).toEqual(values);
  });

  it('has a comment for every key of the schema, short lines', () => {
    for (const key of Object.keys(recipeSchema.shape)) {
      const comment = keyComment(key)!;
      expect(comment.length).toBeGreaterThan(10);
      expect(Math.max(...comment.split('\n').map((line) => line.length))).toBeLessThan(100);
    }
  });

  const written = `# Ours. Ask Ann.
output:   out   # on the big disk
collections:
  # read aloud
  - {name: tts, path: data/tts}
  - name: news
    path: data/news # daily
    expect: 5
seed: 007
# not for Riffle
x-team: speech
columns: {drop: [debug]}
`;
  const original = () => ({ text: written, values: valuesOf(written) });

  it('of one that is edited is the same to the byte if nothing changed', () => {
    expect(recipeText(valuesOf(written), original(), false)).toBe(written);
  });

  it('of one that is edited keeps comments, order and unknown keys', () => {
    const { columns: _, ...others } = valuesOf(written);
    const edited = {
      ...others,
      output: 'elsewhere',
      shards: 12,
      seed: '8',
      collections: [
        { name: 'daily', path: 'data/news', expect: 5 },
        { name: 'asr', path: 'data/asr' },
        { name: 'tts', path: 'data/tts' },
      ],
    };
    const text = recipeText(edited, original(), false);
    expect(valuesOf(text)).toEqual(edited);
    expect(text).toMatchInlineSnapshot(`
      "# Ours. Ask Ann.
      output: elsewhere # on the big disk
      collections:
        # read aloud
        - name: daily
          path: data/news # daily
          expect: 5
        - name: asr
          path: data/asr
        - { name: tts, path: data/tts }
      seed: "8"
      # not for Riffle
      x-team: speech

      # How many files the result has, at most one for each row. Their rows differ by one at most. (1 to
      # 10000; default: 256.)
      shards: 12
      "
    `);
  });

  it('is JSON in a JSON file', () => {
    const text = recipeText(values, { text: '{}', values: {} }, true);
    expect(JSON.parse(text)).toEqual(values);
  });
});
