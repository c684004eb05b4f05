import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lossKinds } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { codeBlocks, readPage, tableRows } from '../src/pages.mjs';
import { withFolder, writeFiles } from '../src/run-example.mjs';

const page = readPage('docs/reference/losses.md');

describe('docs/reference/losses.md', () => {
  it('has every kind of reason with its words, and no other', () => {
    expect(tableRows(page, 'kind of reason').map(([kind, words]) => [kind, words])).toEqual(Object.entries(lossKinds));
  });

  it('shows a script that prints what to fetch again', async () => {
    const lines = [
      { path: '00001', location: '/in/a/00001' },
      { path: '(missing shard 1 of 1, name unknown)' },
      {
        path: '00002',
        location: '/in/a/00002',
        damage: [{ location: '/in/a/00002/x' }, { location: '/in/a/00002/y' }],
      },
    ];
    const [script] = codeBlocks(page, 'js');
    await withFolder((folder) => {
      const print = () => execFileSync(process.execPath, [join(folder, 'again.mjs'), folder], { encoding: 'utf8' });
      writeFiles(folder, { 'again.mjs': script });
      expect(print()).toBe('');
      mkdirSync(join(folder, '.riffle'));
      writeFiles(folder, { '.riffle/lost.jsonl': lines.map((line) => `${JSON.stringify(line)}\n`).join('') });
      expect(print()).toBe('/in/a/00001\n/in/a/00002/x\n/in/a/00002/y\n');
    });
  });
});
