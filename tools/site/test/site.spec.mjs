import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeApiReference } from '../src/api-reference.mjs';
import { checkSite } from '../src/check-site.mjs';
import { ROOT } from '../src/places.mjs';
import { sidebar } from '../src/sidebar.mjs';
import { githubAnchor, siteConfiguration } from '../src/site-configuration.mjs';
import { stagePages } from '../src/stage-pages.mjs';

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'riffle-site-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const repository = {
  'README.md': '# Top\n\n[map](docs/index.md) [core](packages/core)\n\n   ```js\n   [no](link)\n   ```\n',
  'docs/index.md': '# Map\n\n[b](guides/b.md) [a](guides/a.md#one) ![drawing](plan.svg)\n',
  'docs/plan.svg': '<svg/>',
  'docs/guides/a.md':
    '# A\n\n## One\n\n[source](../../packages/core/src/x.ts) `[not](a-link)` [out](https://example.org/)\n',
  'docs/guides/b.md': '# B\n\n[folder](../../packages/core/src) [top](../../README.md)\n',
  'packages/core/README.md': '# `core`\n\n[a](../../docs/guides/a.md)\n',
  'packages/core/src/x.ts': 'export const x = 1;\n',
};

describe('the pages of the site', () => {
  it('link to each other, and to copies of the files that they name', () => {
    write(repository);
    const texts = stagePages(folder, join(folder, 'stage'));
    expect([...texts.keys()].toSorted()).toEqual([
      'guides/a.md',
      'guides/b.md',
      'index.md',
      'packages/core.md',
      'readme.md',
    ]);
    expect(texts.get('readme.md')).toContain('[map](./index.md) [core](./packages/core.md)');
    expect(texts.get('readme.md')).toContain('[no](link)');
    expect(texts.get('index.md')).toContain('[a](./guides/a.md#one) ![drawing](./plan.svg)');
    expect(texts.get('guides/a.md')).toContain('[source](/source/packages/core/src/x.ts.txt) `[not](a-link)`');
    expect(texts.get('packages/core.md')).toContain('[a](../guides/a.md)');
    const staged = (path) => readFileSync(join(folder, 'stage', path), 'utf8');
    expect(staged('public/source/packages/core/src/x.ts.txt')).toBe('export const x = 1;\n');
    expect(staged('public/source/packages/core/src.txt')).toContain('x.ts');
    expect(staged('plan.svg')).toBe('<svg/>');
  });

  it('cannot link to what is not there', () => {
    write({ ...repository, 'docs/guides/a.md': '# A\n\n[gone](nowhere.md)\n' });
    expect(() => stagePages(folder, join(folder, 'stage'))).toThrow(
      'docs/guides/a.md: the link to nowhere.md leads nowhere',
    );
  });

  it('stand at the side by folder, in the order of the map', () => {
    write(repository);
    const sections = sidebar(stagePages(folder, join(folder, 'stage')));
    expect(sections.map(({ text }) => text)).toEqual(['Riffle', 'Guides', 'Packages']);
    expect(sections[1].items).toEqual([
      { text: 'B', link: '/guides/b' },
      { text: 'A', link: '/guides/a' },
    ]);
    expect(sections[2].items).toEqual([{ text: 'core', link: '/packages/core' }]);
  });

  it('are all of the real documentation, decisions included, in a configuration that names no address', () => {
    const texts = stagePages(ROOT, join(folder, 'stage'));
    const configuration = siteConfiguration(texts, join(folder, 'site'));
    expect(configuration).not.toMatch(/https?:\/\//);
    expect(configuration).toContain('"link": "/decisions/001-codec-package"');
    expect(configuration).toContain('"link": "/tutorial"');
  });

  it('have the anchors of GitHub', () => {
    expect(githubAnchor('What `verify` proves, and (not)')).toBe('what-verify-proves-and-not');
  });
});

describe('the reference of packages', () => {
  const packageOf = (name, source) => ({
    [`${name}/package.json`]: JSON.stringify({
      name: `@x/${name}`,
      exports: { '.': { '@riffle/source': './index.ts' } },
    }),
    [`${name}/tsconfig.lib.json`]: JSON.stringify({
      compilerOptions: { target: 'es2023', types: [], strict: true },
      include: ['*.ts'],
    }),
    [`${name}/index.ts`]: source,
  });
  const reference = (...names) =>
    writeApiReference(
      names.map((name) => join(folder, name)),
      join(folder, 'api'),
    );

  it('has what each exports, and nothing from the network', async () => {
    write(packageOf('two', 'export const two = 2;\n'));
    write(
      packageOf(
        'one',
        '/** Doubles, see {@link half}. */\nexport function double(x: number): number { return 2 * x; }\n/** Halves. */\nexport function half(x: number): number { return x / 2; }\n',
      ),
    );
    expect(await reference('one', 'two')).toEqual({ packages: 2, problems: [] });
    expect(readFileSync(join(folder, 'api', 'functions', '_x_one.double.html'), 'utf8')).toContain('Doubles');
    expect(checkSite(join(folder, 'api')).problems).toEqual([]);
  });

  it.each([
    [
      'a link that leads nowhere',
      '/** See {@link gone}. */\nexport const x = 1;\n',
      'Failed to resolve link to "gone"',
    ],
    [
      'a type that is not exported',
      'interface Hidden { a: 1 }\nexport const x: Hidden = { a: 1 };\n',
      'Hidden, defined in',
    ],
  ])('tells %s', async (_, source, message) => {
    write(packageOf('one', source));
    expect((await reference('one')).problems).toEqual([expect.stringContaining(message)]);
  });
});

describe('the check of a built site', () => {
  it('is content with links that lead somewhere', () => {
    write({
      'index.html':
        '<h1 id="top"></h1><a href="/a.html#one">a</a><a class="x" href="#top">t</a><a href="https://example.org/">e</a>',
      'a.html': '<h2 id="one"></h2><a href="./">i</a><script src="/app.js"></script>',
      'app.js': '',
    });
    expect(checkSite(folder)).toEqual({ pages: 2, links: 4, external: ['https://example.org/'], problems: [] });
  });

  it.each([
    ['a page that is not there', { 'index.html': '<a href="/gone.html">x</a>' }, 'leads nowhere'],
    ['an anchor that is not there', { 'index.html': '<a href="#gone">x</a>' }, 'no heading'],
    ['an address that is none', { 'index.html': '<a href="https://">x</a>' }, 'is no address'],
    [
      'a script from elsewhere',
      { 'index.html': '<script src="https://cdn.example/x.js"></script>' },
      'from the network',
    ],
    ['a font from elsewhere', { 'a.css': '@font-face{src:url(https://fonts.example/x.woff2)}' }, 'from the network'],
  ])('sees %s', (_, files, message) => {
    write(files);
    expect(checkSite(folder).problems).toEqual([expect.stringContaining(message)]);
  });
});
