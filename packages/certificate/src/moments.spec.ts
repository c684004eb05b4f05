import { describe, expect, it } from 'vitest';
import type { CertificateTest } from './certificate.ts';
import { testDistances } from './distance-correlation.ts';
import type { Order } from './order.ts';
import { testRankCorrelation } from './rank-correlation.ts';
import { testRuns } from './runs.ts';
import { testSourceBlocks } from './source-blocks.ts';

/** All orders of `items`. */
function* ordersOf(items: readonly number[]): Generator<readonly number[]> {
  if (items.length < 2) return yield items;
  for (const [index, first] of items.entries())
    for (const rest of ordersOf(items.toSpliced(index, 1))) yield [first, ...rest];
}

const places = [0, 1, 2, 3, 4, 5, 6, 7];
const oneStretch = { rows: 8, stretches: [{ start: 0, rows: 8 }], sourceRows: 8 };
const twoStretches = {
  rows: 100,
  stretches: [
    { start: 3, rows: 4 },
    { start: 90, rows: 4 },
  ],
  sourceRows: 100,
};
/** Where eight rows of a hundred came from. */
const scattered = [2, 3, 11, 40, 41, 77, 78, 99];

const over = (order: Omit<Order, 'sources'>, items: readonly number[], test: (order: Order) => CertificateTest) =>
  [...ordersOf(items)].map((sources) => test({ ...order, sources: Float64Array.from(sources) }));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each([
  ['the whole order', oneStretch, places],
  ['two stretches of a longer one', twoStretches, scattered],
] as const)('over all 40,320 orders of 8 rows, %s', (_, order, items) => {
  it.each([
    ['runs', testRuns],
    ['correlation of neighbours', (given: Order) => testDistances(given)[0]!],
    ['correlation of rows 2 apart', (given: Order) => testDistances(given)[1]!],
    ['rank correlation', testRankCorrelation],
  ] as const)('mean and variance of %s are exact', (_name, test) => {
    const tests = over(order, items, test);
    expect(tests).toHaveLength(40_320);
    expect(mean(tests.map(({ value, expected }) => value - expected))).toBeCloseTo(0, 10);
    expect(mean(tests.map(({ deviations }) => deviations ** 2))).toBeCloseTo(1, 10);
  });
});

it('chi-square with fixed margins has the mean that Haldane gives', () => {
  const tests = over(oneStretch, places, testSourceBlocks);
  expect(tests[0]!.degreesOfFreedom).toBe(1);
  expect(mean(tests.map(({ value }) => value))).toBeCloseTo(8 / 7, 10);
});
