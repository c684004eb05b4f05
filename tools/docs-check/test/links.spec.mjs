import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenLinks } from '../src/links.mjs';
import { allPages, readPage, ROOT } from '../src/pages.mjs';

describe('links and file names', () => {
  it.each(allPages())('of %s lead somewhere', (page) => {
    expect(brokenLinks(page, readPage(page))).toEqual([]);
  });

  it('are missed by nobody: every page of docs is in the index', () => {
    const index = readPage('docs/index.md');
    const missing = allPages()
      .filter((page) => page.startsWith('docs/') && page !== 'docs/index.md')
      .filter((page) => !index.includes(`](${page.slice('docs/'.length)})`));
    expect(missing).toEqual([]);
  });

  it('every package has a README', () => {
    const pages = allPages();
    const packages = readdirSync(join(ROOT, 'packages'));
    expect(packages.filter((name) => !pages.includes(`packages/${name}/README.md`))).toEqual([]);
    expect(packages.length).toBeGreaterThan(10);
  });
});

describe('the checker', () => {
  it.each([
    ['a file that is not there', 'docs/index.md', '[x](nowhere.md)', 'leads nowhere'],
    ['a heading that is not there', 'docs/index.md', '# Here\n[x](#there)', 'no heading'],
    ['a heading of another page', 'README.md', '[x](docs/reference/fingerprint.md#nowhere)', 'no heading'],
    ['a file name', 'README.md', 'see `packages/core/src/nothing.ts`', 'there is no'],
    ['a file name of the own package', 'packages/core/README.md', 'see `src/nothing.ts`', 'there is no'],
    ['a file where a folder should be', 'README.md', '`packages/core/package.json/`', 'there is no'],
  ])('sees %s', (_, page, text, message) => {
    expect(brokenLinks(page, text)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['README.md', '[x](docs/reference/fingerprint.md#1-a-row-as-words) [y](https://example.org/a) `packages/*/src`'],
    ['packages/core/README.md', '`src/index.ts` `packages/core/src/` [x](src/index.ts) [y](../../docs)'],
    ['docs/index.md', '# A: `b` (c)\n[x](#a-b-c)\n```js\n[y](nowhere)\n```\n    [z](nowhere)'],
  ])('is content with %s: %s', (page, text) => {
    expect(brokenLinks(page, text)).toEqual([]);
  });
});
