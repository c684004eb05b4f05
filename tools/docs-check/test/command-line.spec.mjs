import { errorTable } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { helpOf } from '../src/help.mjs';
import { COMMAND_LINE, keepCommandReference } from '../src/command-reference.mjs';
import { readPage, tableRows } from '../src/pages.mjs';

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

  it('has every exit status', () => {
    const documented = tableRows(page, 'status').flatMap(([cell]) => cell.split(', ').map(Number));
    const thrown = Object.values(errorTable).map(({ exit }) => exit);
    expect(thrown.filter((status) => !documented.includes(status))).toEqual([]);
    expect(documented).toEqual([0, 1, 2, 3, 4, 5, 129, 130, 143]);
  });
});
