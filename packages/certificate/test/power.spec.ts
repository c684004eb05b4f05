import { readFileSync, writeFileSync } from 'node:fs';
import { withSection } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { judgeOrder } from '../src/judge-order.ts';
import { rowsOfStretches, stretchesOf } from '../src/order.ts';
import { blocksShuffled, bufferShuffled, dealtInTurn, shuffled, sorted, windowsShuffled } from './orders.ts';

const page = new URL('../../../docs/explanation/shuffle-certificate.md', import.meta.url);

const sizes = [1000, 2000, 5000, 20_000, 100_000, 1_000_000, 4_000_000];

/** How orders are made that people take for shuffled, and from how many rows on the certificate must see it. */
const cases: readonly (readonly [name: string, from: number, make: (rows: number, seed: number) => Float64Array])[] = [
  ['a fair shuffle', Infinity, shuffled],
  ['sorted: nothing moved', 1000, sorted],
  ['blocks of 2 rows moved as wholes', 1000, (rows, seed) => blocksShuffled(rows, 2, seed)],
  ['blocks of 10 rows moved as wholes', 1000, (rows, seed) => blocksShuffled(rows, 10, seed)],
  ['blocks of 1,000 rows (shards) moved as wholes', 1000, (rows, seed) => blocksShuffled(rows, 1000, seed)],
  ['shuffled only within every 100 rows', 1000, (rows, seed) => windowsShuffled(rows, 100, seed)],
  ['shuffled only within every 1,000 rows (shards)', 2000, (rows, seed) => windowsShuffled(rows, 1000, seed)],
  ['shuffled only within every 10,000 rows', 20_000, (rows, seed) => windowsShuffled(rows, 10_000, seed)],
  [
    'a buffer of 100 rows (`tf.data`, streamed `datasets`)',
    1000,
    (rows, seed) => bufferShuffled(sorted(rows), 100, seed),
  ],
  ['a buffer of 1,000 rows', 2000, (rows, seed) => bufferShuffled(sorted(rows), 1000, seed)],
  ['a buffer of 10,000 rows', 20_000, (rows, seed) => bufferShuffled(sorted(rows), 10_000, seed)],
  [
    'shards of 1,000 rows moved as wholes, then a buffer of 10,000',
    20_000,
    (rows, seed) => bufferShuffled(blocksShuffled(rows, 1000, seed), 10_000, seed + 1),
  ],
  ['rows of 3 files in turn', 1000, (rows) => dealtInTurn(rows, 3)],
  ['rows of 64 files in turn', 1000, (rows) => dealtInTurn(rows, 64)],
];

/** Tests that fail, and all tests, of the order that is worst to see of a few. */
function judge(rows: number, make: (rows: number, seed: number) => Float64Array) {
  const seeds = rows <= 20_000 ? [1, 2, 3, 4, 5] : [1];
  const stretches = stretchesOf(rows);
  return seeds
    .map((seed) => {
      const all = make(rows, seed);
      const sources = new Float64Array(rowsOfStretches(stretches));
      let filled = 0;
      for (const { start, rows: length } of stretches) {
        sources.set(all.subarray(start, start + length), filled);
        filled += length;
      }
      const { verdict, tests } = judgeOrder({ rows, stretches, sources, sourceRows: rows });
      return { verdict, failed: tests.filter(({ passed }) => !passed).length, tests: tests.length };
    })
    .reduce((worst, one) => (one.failed < worst.failed ? one : worst));
}

const cells = new Map<string, string>();

describe.each(cases)('%s', (name, from, make) => {
  it.each(sizes)('of %d rows', (rows) => {
    const { verdict, failed, tests } = judge(rows, make);
    expect(verdict).toBe(rows >= from ? 'not-shuffled' : 'shuffled');
    cells.set(`${name} ${rows}`, failed === 0 ? '–' : `${failed} of ${tests}`);
  });
});

describe('docs/explanation/shuffle-certificate.md', () => {
  it('says what was seen', () => {
    // A run of some of the tests must not write a page of holes.
    expect(cells.size).toBe(cases.length * sizes.length);
    const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`;
    const table = [
      line(['order', ...sizes.map((rows) => `${rows.toLocaleString('en-US')} rows`)]),
      line(['---', ...sizes.map(() => '---')]),
      ...cases.map(([name]) => line([name, ...sizes.map((rows) => cells.get(`${name} ${rows}`)!)])),
    ].join('\n');
    const before = readFileSync(page, 'utf8');
    const after = withSection(before, 'power', table);
    if (after !== before && process.env['CI'] === undefined) writeFileSync(page, after);
    expect(
      before,
      'The page differed from what was seen. Outside CI it has been rewritten: look at it and commit it.',
    ).toBe(after);
  });
});
