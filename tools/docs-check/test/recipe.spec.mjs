import { recipeSchema } from '@riffle/core/recipe';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { helpOf } from '../src/help.mjs';
import { codeBlocks, keepSection, readPage, tableRows } from '../src/pages.mjs';
import { recipeKeys, recipeTable } from '../src/recipe-table.mjs';

const PATH = 'docs/reference/recipe.md';

/** The flag that sets a key, by the names of the help; else the one that sets any key. */
function flagsIn(help) {
  const named = (key) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return (key) => {
    const flag = key.startsWith('collections') && !key.endsWith('.expect') ? '--input' : named(key.split('[].').at(-1));
    return new RegExp(`^  ${flag}\\b`, 'm').test(help) ? flag : '--set';
  };
}

describe('docs/reference/recipe.md', () => {
  it('has every key with what the schema says of it', async () => {
    const { before, after } = keepSection(PATH, 'keys', recipeTable(flagsIn(await helpOf('run'))));
    expect(before).toBe(after);
  });

  it('states defaults that the schema fills in', () => {
    const { limits, ...recipe } = recipeSchema.parse({ collections: [{ name: 'a', path: 'a' }], output: 'o' });
    const stated = Object.fromEntries(tableRows(readPage(PATH), 'key').map(([key, , standard]) => [key, standard]));
    expect(stated).toMatchObject({
      shards: String(recipe.shards),
      seed: recipe.seed,
      rowGroupBytes: '64MiB',
      maxLoss: '100%',
      overwrite: String(recipe.overwrite),
      'limits.decodedRatio': String(limits.decodedRatio),
      output: '–',
    });
  });

  it('sees keys within keys', () => {
    const keys = recipeKeys().map(({ key }) => key);
    expect(keys).toEqual(
      expect.arrayContaining([...Object.keys(recipeSchema.shape), 'collections[].expect', 'columns.cast']),
    );
    expect(keys).toContain('plugins.readers[].specifier');
  });

  it('shows recipes that are ones', () => {
    const recipes = codeBlocks(readPage(PATH), 'yaml').map((text) => recipeSchema.safeParse(parse(text)));
    expect(recipes.length).toBeGreaterThan(1);
    expect(recipes.map(({ error }) => error)).toEqual(recipes.map(() => undefined));
  });
});
