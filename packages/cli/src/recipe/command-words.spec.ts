import { execFileSync } from 'node:child_process';
import { recipeSchema } from '@riffle/core/recipe';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProgram, type ParsedCall } from '../program.ts';
import { shellLines, shellQuote } from '../wizard/shell-quote.ts';
import { commandWords } from './command-words.ts';
import { resolveRecipe } from './resolve-recipe.ts';
import type { RecipeValues } from './set-value.ts';

const same = (path: string) => path;

/** What the command line makes of the words. */
function recipeOf(words: readonly string[]) {
  let call: ParsedCall | undefined;
  const output = { help: () => undefined, columns: 80 };
  createProgram((parsed) => (call = parsed), '0', output).parse([...words], { from: 'user' });
  return resolveRecipe({ file: undefined, flags: call!.flags, pathsStartAt: undefined });
}

/** The words that a shell makes of a text, each ended by a zero byte. */
function wordsByShell(shell: string, lines: readonly string[]): string[] {
  const text = execFileSync(shell, ['-c', `riffle() { printf '%s\\0' "$@"; }\n${lines.join('\n')}`], {
    encoding: 'utf8',
  });
  return text.split('\0').slice(0, -1);
}

const least = { collections: [{ name: 'a', path: 'in/a' }], output: 'out' };

describe('the command line of a recipe', () => {
  it('says only what differs from the defaults', () => {
    expect(commandWords({ ...least, shards: 256, seed: '42', maxLoss: '100%', columns: {} }, same)).toEqual(
      'run --input a=in/a --output out'.split(' '),
    );
  });

  it.each<[string, RecipeValues, string[]]>([
    [
      'numbers and text',
      { shards: 8, seed: 7, memory: '8GB', maxLoss: '0.5%' },
      ['--shards', '8', '--seed', '7', '--memory', '8GB', '--max-loss', '0.5%'],
    ],
    ['switches', { overwrite: true, card: true }, ['--overwrite', '--card']],
    ['a value like a flag', { seed: '--shards' }, ['--seed=--shards']],
    [
      'what has no flag',
      { schema: 'strict', columns: { drop: ['x'] } },
      ['--set', 'schema="strict"', '--set', 'columns={"drop":["x"]}'],
    ],
    [
      'formats and names as flags',
      {
        plugins: {
          writer: { specifier: 'jsonl' },
          layout: { specifier: 'pattern', options: { pattern: 'lang={lang}/{shard}' } },
        },
      },
      ['--writer', 'jsonl', '--names', 'lang={lang}/{shard}'],
    ],
    [
      'options of a format as JSON',
      { plugins: { writer: { specifier: 'mds', options: { x: 1 } } } },
      ['--set', 'plugins={"writer":{"specifier":"mds","options":{"x":1}}}'],
    ],
    ['what cannot be typed', { output: 'a\nb' }, ['--set', 'output="a\\nb"']],
  ])('has %s', (_what, values, words) => {
    expect(
      commandWords({ ...least, ...values }, same).filter(
        (word) => !['run', '--input', 'a=in/a', '--output', 'out'].includes(word),
      ),
    ).toEqual(words);
  });

  it('has one number of shards for all collections as --expect, others by --set', () => {
    const collections = (...expected: unknown[]) => ({
      output: 'o',
      collections: expected.map((expect, index) => ({
        name: `c${index}`,
        path: 'p',
        ...(expect === undefined ? {} : { expect }),
      })),
    });
    expect(commandWords(collections(3, 3), same)).toContain('--expect');
    expect(commandWords(collections(3, '{0..4}'), same).slice(-6)).toEqual([
      '--set',
      'collections[0].expect=3',
      '--set',
      'collections[1].expect="{0..4}"',
      '--output',
      'o',
    ]);
    expect(commandWords(collections(undefined, 4), same).join(' ')).toContain('--set collections[1].expect=4');
  });

  const text = fc
    .oneof(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom(
        "it's",
        'a b',
        '$HOME',
        '`x`',
        '~',
        '~/x',
        '-x',
        '--set',
        'a=b',
        '*',
        '#c',
        '!!',
        '\\',
        '"',
        'a\nb',
        '\u001b[31m',
        'é',
        '',
      ),
    )
    .filter((value) => value.trim() !== '' && !value.includes('\0'));

  it('leads to the same recipe, whatever names and paths are', () => {
    const names = fc.uniqueArray(fc.record({ name: text, path: text }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ name }) => name,
    });
    const plugins = fc.record(
      {
        writer: fc.record(
          { specifier: fc.constantFrom('parquet', 'jsonl', 'x'), options: fc.constant({ a: 1 }) },
          { requiredKeys: ['specifier'] },
        ),
        layout: fc.record({
          specifier: fc.constantFrom('pattern', './names.mjs'),
          options: fc.record({ pattern: fc.constantFrom('-{shard}', '{a b}/{shard}', 'x/{shard}') }),
        }),
        shuffler: fc.record({ specifier: fc.constant('y') }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.record(
          {
            collections: names,
            output: text,
            seed: text,
            shards: fc.integer({ min: 1, max: 10_000 }),
            memory: fc.constantFrom('1GB', 123_456_789, '64MiB'),
            workers: fc.integer({ min: 1, max: 64 }),
            tempDir: text,
            onBadShard: fc.constantFrom('skip', 'fail', 'salvage'),
            maxLoss: fc.constantFrom('0%', '0.1%', 5, '100%'),
            card: fc.boolean(),
            overwrite: fc.boolean(),
            columns: fc.record({ drop: fc.array(text, { maxLength: 2 }) }),
            plugins,
            limits: fc.record({ decodedRatio: fc.integer({ min: 1, max: 10_000 }) }),
          },
          { requiredKeys: ['collections', 'output'] },
        ),
        (values) => {
          const resolved = recipeOf(commandWords(values, same));
          expect(resolved.problems).toEqual([]);
          expect(resolved.recipe).toEqual(recipeSchema.parse(values));
        },
      ),
    );
  });

  it('is read by shells as it was meant', () => {
    for (const shell of ['sh', 'bash'])
      fc.assert(
        fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (words) => {
          const printed = shellLines(['riffle', 'run', '--x', ...words]);
          expect(wordsByShell(shell, printed)).toEqual(['run', '--x', ...words]);
        }),
        { numRuns: 40 },
      );
  });

  it('quotes only what needs it, and has a line for each flag', () => {
    expect(["it's", 'a/b.c', 'a=b', '~', '', '=x'].map(shellQuote)).toEqual([
      String.raw`'it'\''s'`,
      'a/b.c',
      'a=b',
      "'~'",
      "''",
      "'=x'",
    ]);
    expect(shellLines(['riffle', 'run', '--input', 'a=b c', '--card'])).toEqual([
      'riffle run \\',
      "    --input 'a=b c' \\",
      '    --card',
    ]);
  });
});
