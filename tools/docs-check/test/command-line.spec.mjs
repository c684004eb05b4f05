import { errorTable, exactByteSize } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { describe, expect, it } from 'vitest';
import { helpOf } from '../src/help.mjs';
import { codeBlocks, keepSection, readPage, tableRows } from '../src/pages.mjs';

const PATH = 'docs/reference/command-line.md';
const page = readPage(PATH);

describe('docs/reference/command-line.md', () => {
  it.each([[[]], [['run']], [['verify']]])('shows the help of riffle %s as it is', async (words) => {
    const text = `\`\`\`text\n${await helpOf(...words)}\`\`\``;
    const { before, after } = keepSection(PATH, ['help', ...words].join(' '), text);
    expect(before).toBe(after);
  });

  it('is right that plan takes the flags of run, and one more', async () => {
    const flags = (help) => help.match(/^  --\S+/gm).filter((flag) => flag !== '  --save-recipe');
    expect(flags(await helpOf('plan'))).toEqual(flags(await helpOf('run')));
    expect(await helpOf('plan')).toContain('--save-recipe <FILE>');
  });

  const rows = tableRows(page, 'key').map(([key, value, flag]) => ({ key, value: value.replaceAll('`', ''), flag }));

  it('has every key of the recipe, in its order', () => {
    expect(rows.map(({ key }) => key)).toEqual(Object.keys(recipeSchema.shape));
  });

  it('states the defaults of the schema', () => {
    const recipe = recipeSchema.parse({ collections: [{ name: 'a', path: 'a' }], output: 'o' });
    const { decodedBytes, decodedRatio } = recipe.limits;
    const spelled = {
      ...recipe,
      rowGroupBytes: exactByteSize(recipe.rowGroupBytes),
      maxLoss: `${recipe.maxLoss}%`,
      limits: `${exactByteSize(decodedBytes)}, ${decodedRatio}`,
    };
    const inWords = ['collections', 'output', 'memory', 'workers', 'tempDir', 'columns', 'plugins'];
    const stated = rows.filter(({ key }) => !inWords.includes(key)).map(({ key, value }) => [key, value]);
    expect(stated).toEqual(stated.map(([key]) => [key, String(spelled[key])]));
    expect(stated.length).toBe(rows.length - inWords.length);
  });

  it('names a flag of the program for every key', async () => {
    const help = await helpOf('run');
    expect(rows.filter(({ flag }) => !help.includes(`  ${flag}`))).toEqual([]);
  });

  it('shows a recipe that is one', async () => {
    const { parse } = await import('yaml');
    expect(recipeSchema.safeParse(parse(codeBlocks(page, 'yaml')[0])).error).toBe(undefined);
  });

  it('has every exit status', () => {
    const documented = tableRows(page, 'status').flatMap(([cell]) => cell.split(', ').map(Number));
    const thrown = Object.values(errorTable).map(({ exit }) => exit);
    expect(thrown.filter((status) => !documented.includes(status))).toEqual([]);
    expect(documented).toEqual([0, 1, 2, 3, 4, 129, 130, 143]);
  });
});
