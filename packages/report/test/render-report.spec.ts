import type { Manifest } from '@riffle/core';
import * as fc from 'fast-check';
import { parseHTML } from 'linkedom/worker';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../src/index.ts';
import { certificateOf } from './support/certificate-of.ts';
import { makeManifest } from './support/make-manifest.ts';

const render = (manifest: Manifest, edited = false) => renderReport({ manifest, folder: 'merged', edited });
/** What a parser makes of a page, by selector. */
function counted(page: string, selector: string): number {
  return parseHTML(page).document.querySelectorAll(selector).length;
}
const textOf = (page: string) => parseHTML(page).document.body.textContent.replace(/\s+/g, ' ');

describe('the report', () => {
  it('says in plain words that a result is whole', () => {
    const text = textOf(render(makeManifest()));
    expect(text).toContain('Whole and verified');
    expect(text).toContain(
      'All 24,000 rows of 5 collections are in one global random order, in 24 shards of 1,000 rows each. Nothing was lost.',
    );
    expect(text).toContain('Every shard was read back');
  });

  it('says what was lost, by collection and reason and shard by shard', () => {
    const text = textOf(render(makeManifest({ lost: 7, warnings: 1 })));
    expect(text).toContain('Verified, with losses');
    expect(text).toContain('7 of 22 input shards (31.82%) gave nothing; at least 2,000 rows (7.69%) are missing');
    expect(text).toContain('page CRC mismatch');
    expect(text).toContain('collection-1/part-6');
    expect(text).toContain('Warning 0');
  });

  it('has no script, fetches nothing, and names its one style sheet in its policy', () => {
    const page = render(makeManifest({ lost: 3 }));
    expect(page).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
    );
    expect(counted(page, 'script, link, img, iframe, object, embed, form, [style]')).toBe(0);
    expect(counted(page, 'style')).toBe(1);
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)/);
  });

  it('gives every chart a name, a description and its numbers as a table', () => {
    const page = render(makeManifest({ spilled: true }));
    const { document } = parseHTML(page);
    const charts = [...document.querySelectorAll('svg')];
    expect(charts).toHaveLength(6);
    for (const chart of charts) {
      expect(chart.getAttribute('role')).toBe('img');
      const ids = (chart.getAttribute('aria-labelledby') ?? '').split(' ');
      for (const id of ids) expect(document.querySelectorAll(`[id="${id}"]`)).toHaveLength(1);
    }
    expect(counted(page, 'figure details table caption') + 1).toBe(charts.length);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the same for the same manifest', () => {
    expect(render(makeManifest())).toBe(render(makeManifest()));
  });

  it('believes no edited manifest', () => {
    expect(textOf(render(makeManifest(), true))).toContain('The manifest was edited');
  });
});

describe('the certificate', () => {
  const page = (kind: 'shuffled' | 'blocks' | 'few') =>
    renderReport({ manifest: makeManifest(), folder: 'merged', certificate: certificateOf(kind) });

  it.each([
    ['shuffled', 'Shuffled: no test can tell this order from a fair shuffle.', 'as in a shuffle'],
    ['blocks', 'Not shuffled: this order is not one that a fair shuffle gives.', 'not a shuffle'],
    ['few', 'Too few rows to tell.', 'fewer than 1000 cannot be judged'],
  ] as const)('has its verdict, every figure with plain words, and both pictures: %s', (kind, words, more) => {
    const certificate = certificateOf(kind);
    const text = textOf(page(kind));
    expect(text).toContain(words);
    expect(text).toContain(more);
    for (const { sentence } of certificate.tests) expect(text).toContain(sentence);
    for (const reason of certificate.reasons) expect(text).toContain(reason);
    expect(counted(page(kind), '[aria-labelledby^="picture-before"] rect')).toBeGreaterThan(1);
    expect(counted(page(kind), '[aria-labelledby^="picture-after"] rect')).toBeGreaterThan(1);
  });

  it('that is not there is said to be not there', () => {
    expect(textOf(render(makeManifest()))).toContain('Shuffle certificate There is none');
  });
});

describe('a report on much', () => {
  it.each([
    ['10,000 shards', { shards: 10_000 }, 'in 200 bands of neighbours'],
    ['1,000 collections', { collections: 1000 }, 'The other 980 have 22,560 rows together'],
    ['5,000 losses', { lost: 5000 }, '… and 4,900 more'],
    ['3,000 columns', { columns: 3000 }, 'The first 200 of 3,000 columns'],
    ['1,000 warnings', { warnings: 1000 }, '… and 950 more'],
  ])('of %s stays small and says what it left out', (_, sizes, words) => {
    const page = render(makeManifest(sizes));
    expect(page.length).toBeLessThan(600_000);
    expect(textOf(page)).toContain(words);
  });

  it('of everything with long names stays below 2 MB', () => {
    const text = 'ü'.repeat(5000);
    const page = render(
      makeManifest({ shards: 10_000, collections: 1000, columns: 1000, lost: 1000, warnings: 1000, text }),
    );
    expect(Buffer.byteLength(page)).toBeLessThan(2e6);
  });

  it('of one shard and one row in it is drawn too', () => {
    const page = render(makeManifest({ shards: 1, collections: 1 }));
    expect(counted(page, '[aria-labelledby^="chart-rows"] rect')).toBe(1);
  });
});

describe('a manifest that anybody may have written', () => {
  const plain = counted(render(makeManifest({ lost: 4, warnings: 2 })), '*');

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    '</title></style></svg><b>',
    '<!--',
    ']]>',
    '&lt;b&gt;',
    '\u202e\u0000\u0007',
  ])('cannot add markup: %j', (text) => {
    const page = render(makeManifest({ lost: 4, warnings: 2, text }));
    expect(counted(page, '*')).toBe(plain);
    expect(counted(page, 'script, img, b, [onerror], [onload]')).toBe(0);
  });

  it('cannot add markup, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(counted(render(makeManifest({ lost: 4, warnings: 2, text })), '*')).toBe(plain);
      }),
      { numRuns: 25 },
    );
  });

  it('may have any run, and the page says what is not known', () => {
    const manifest = makeManifest();
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.constant(
            '{"timeline":{"stages":[{"stage":"<b>","from":-1}],"samples":7},"warnings":{"length":9},"seconds":"x","planned":[]}',
          ),
        ),
        (json) => {
          const page = render({ ...manifest, run: JSON.parse(json) as Manifest['run'] });
          expect(textOf(page)).toContain('There is no timeline');
          expect(counted(page, 'b')).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('may have no schema, and fields of other types', () => {
    const { plan, receipt, ...rest } = makeManifest();
    const manifest = {
      ...rest,
      plan: { ...plan, treaty: 'AAAA', compression: 7, profile: {} },
      receipt: { ...receipt, lost: [{ ...makeManifest({ lost: 1 }).receipt.lost[0]!, kind: '__proto__' }] },
      run: {},
    };
    expect(textOf(render(manifest as unknown as Manifest))).toContain('The schema in the manifest cannot be read');
  });
});
