import { errorTable } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { describe, expect, it } from 'vitest';
import { helpOf } from '../src/help.mjs';
import { COMMAND_LINE, keepCommandReference } from '../src/command-reference.mjs';
import { codeBlocks, readPage, tableRows } from '../src/pages.mjs';

const page = readPage(COMMAND_LINE);

describe('docs/reference/command-line.md', () => {
  it('is as `node tools/docs-check/write-reference.mjs` writes it', async () => {
    for (const { before, after } of await keepCommandReference()) expect(before).toBe(after);
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
