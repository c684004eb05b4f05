import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../src/index.ts';
import { findBrowser } from './support/find-browser.ts';
import { certificateOf } from './support/certificate-of.ts';
import { makeManifest } from './support/make-manifest.ts';

const executablePath = findBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'riffle-report-'));

const pages = {
  whole: renderReport({
    manifest: makeManifest({ spilled: true }),
    folder: 'merged',
    certificate: certificateOf('shuffled'),
  }),
  lossy: renderReport({
    manifest: makeManifest({ lost: 250, warnings: 60, columns: 30, collections: 40 }),
    folder: 'merged',
    certificate: certificateOf('blocks'),
  }),
  large: renderReport({ manifest: makeManifest({ shards: 10_000, collections: 1000 }), folder: 'merged' }),
  tiny: renderReport({
    manifest: makeManifest({ shards: 1, collections: 1, columns: 1 }),
    folder: 'merged',
    certificate: certificateOf('few'),
  }),
  hostile: renderReport({
    manifest: makeManifest({
      lost: 5,
      warnings: 3,
      text: `"><script>document.title='x'</script><img src=http://example.org/x>'\u202e`,
    }),
    folder: '<script>alert(1)</script>',
  }),
  older: renderReport({ manifest: { ...makeManifest(), run: {} as never }, folder: 'merged' }),
};
type PageName = keyof typeof pages;
/** The others have 6. */
const charts: Partial<Record<PageName, number>> = { older: 3, whole: 8, lossy: 8, tiny: 8 };

interface View {
  readonly scheme?: 'light' | 'dark';
  readonly print?: true;
  readonly width?: number;
}

let browser: Browser;
/** What a page complained of or asked for. */
let complaints: string[];

async function open(name: PageName, { scheme = 'light', print, width = 1100 }: View = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  complaints = [];
  const url = pathToFileURL(join(folder, `${name}.html`)).href;
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => request.url() !== url && complaints.push(`request: ${request.url()}`));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  if (print) await page.emulateMedia({ media: 'print' });
  await page.goto(url);
  return page;
}

beforeAll(async () => {
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), text);
  // Root has no sandbox; the pages are our own.
  if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(executablePath === undefined)('a report in a browser', () => {
  it.each(Object.keys(pages) as PageName[])(
    'has no errors, asks for nothing, and draws every chart: %s',
    async (name) => {
      const page = await open(name);
      const empty = await page.$$eval('svg', (charts) =>
        charts
          .filter((chart) => {
            const marks = [...chart.querySelectorAll('rect, path, line, circle')].map((mark) =>
              mark.getBoundingClientRect(),
            );
            const box = chart.getBoundingClientRect();
            return box.width < 100 || box.height < 20 || !marks.some(({ width, height }) => width >= 1 && height >= 1);
          })
          .map((chart) => chart.querySelector('title')?.textContent),
      );
      expect(empty).toEqual([]);
      expect(await page.locator('svg').count()).toBe(charts[name] ?? 6);
      expect(complaints).toEqual([]);
      expect(await page.title()).toContain('Riffle report');
      await page.close();
    },
  );

  it.each<readonly [PageName, View]>([
    ['whole', {}],
    ['whole', { scheme: 'dark' }],
    ['whole', { width: 320 }],
    ['whole', { print: true }],
    ['lossy', {}],
    ['lossy', { scheme: 'dark', width: 320 }],
    ['lossy', { print: true, width: 700 }],
    ['large', { width: 2000 }],
    ['hostile', { scheme: 'dark' }],
    ['older', {}],
  ])('can be used by everybody: %s %j', async (name, view) => {
    const page = await open(name, view);
    await page.$$eval('details', (parts) => parts.forEach((part) => (part.open = true)));
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { axe: tool } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
      };
      const { violations } = await tool.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html} ${nodes[0]!.failureSummary}`);
    });
    expect(found).toEqual([]);
    await page.close();
  });

  it.each([320, 700, 1100, 2000])('never scrolls sideways as a whole: %d pixels', async (width) => {
    for (const name of ['lossy', 'large', 'hostile'] as const) {
      const page = await open(name, { width });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.close();
    }
  });

  it('is walked through by keyboard in the order of reading, and shows where one is', async () => {
    const page = await open('whole');
    const wanted = await page.$$eval(
      'a[href], summary, [tabindex="0"]',
      (elements) => elements.filter((element) => element.checkVisibility()).length,
    );
    const walked: { place: number; text: string; outline: string }[] = [];
    for (let step = 0; step < wanted; step++) {
      await page.keyboard.press('Tab');
      walked.push(
        await page.evaluate(() => {
          const all = [...document.querySelectorAll('*')];
          const focused = document.activeElement!;
          return {
            place: all.indexOf(focused),
            text: focused.textContent,
            outline: getComputedStyle(focused).outlineStyle,
          };
        }),
      );
    }
    expect(walked[0]!.text).toBe('Skip to the content');
    expect(walked.map(({ place }) => place)).toEqual(
      walked.map(({ place }) => place).toSorted((one, other) => one - other),
    );
    expect(new Set(walked.map(({ outline }) => outline))).toEqual(new Set(['solid']));
    await page.keyboard.press('Shift+Tab');
    await page.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('details').first().getAttribute('open')).toBe('');
    await page.close();
  });

  it('prints the tables that are folded on the screen, on white', async () => {
    const page = await open('whole', { scheme: 'dark', print: true });
    expect(
      await page.locator('#rows-table').evaluate((caption) => caption.getBoundingClientRect().height),
    ).toBeGreaterThan(5);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    expect((await page.pdf()).length).toBeGreaterThan(20_000);
    await page.close();
  });

  it('has headings in order and one of each landmark', async () => {
    const page = await open('whole');
    const levels = await page.$$eval('h1, h2, h3, h4', (heads) => heads.map((head) => Number(head.tagName.slice(1))));
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => index === 0 || level <= levels[index - 1]! + 1)).toBe(true);
    for (const landmark of ['header', 'nav', 'main', 'footer']) expect(await page.locator(landmark).count()).toBe(1);
    await page.close();
  });
});
