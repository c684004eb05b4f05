import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeBlocks, readPage, ROOT, tableRows } from '../src/pages.mjs';

const page = readPage('docs/architecture.md');

describe('docs/architecture.md', () => {
  it('names files in its diagram that are there', () => {
    const names = codeBlocks(page, '')[0].match(/[a-z-]+\/[a-z-]+\.ts/g);
    expect(names.length).toBeGreaterThan(12);
    expect(names.filter((name) => !existsSync(join(ROOT, 'packages/pipeline/src', name)))).toEqual([]);
  });

  it('says of every package what it may import, as the lint does', () => {
    const rows = tableRows(page, 'package').map(([name, role, , imports]) => ({
      name: /packages\/([a-z-]+)/.exec(name)[1],
      role,
      imports: imports === '–' ? [] : imports.split(', '),
    }));
    const roles = new Map(rows.map(({ name, role }) => [name, role]));
    for (const { name, role } of rows) {
      const { nx } = JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8'));
      expect([name, nx.tags]).toEqual([name, [`role:${role}`]]);
    }
    const lint = JSON.parse(readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8'));
    const [, { depConstraints }] = lint.rules['@nx/enforce-module-boundaries'];
    const documented = rows.map(({ role, imports }) => [
      role,
      [...new Set(imports.map((name) => `role:${roles.get(name)}`))].toSorted(),
    ]);
    const linted = depConstraints
      .filter(({ sourceTag }) => sourceTag !== 'role:tool')
      .map(({ sourceTag, onlyDependOnLibsWithTags: tags }) => [
        sourceTag.slice('role:'.length),
        tags.filter((tag) => tag !== 'none').toSorted(),
      ]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(linted));
    expect(rows.map(({ name }) => name).toSorted()).toEqual(readdirSync(join(ROOT, 'packages')).toSorted());
  });
});
