import { count, counted } from '@riffle/core';
import { barList } from '../charts/bar-list.ts';
import type { ReportFacts } from '../facts/report-facts.ts';
import { chartFigure, dataTable, type Section } from '../html/elements.ts';
import { markup } from '../html/markup.ts';
import { clipped, percentage } from '../words/wording.ts';

/** Bars of the chart. The others are one bar together. */
const mostBars = 20;
/** Rows of the table, likewise. */
const mostRows = 200;
const longestName = 120;

type Counts = readonly [loaded: number, inPart: number, missing: number, failed: number, empty: number, rows: number];

/** What each collection gave. */
export function collectionsSection({ manifest }: ReportFacts): Section {
  const { plan, receipt } = manifest;
  const { collections } = receipt;
  const byRows = collections.toSorted((one, other) => other.rows - one.rows);
  const rest = byRows.slice(mostBars);
  const shown = collections.length <= mostBars ? collections : byRows.slice(0, mostBars);
  const others = rest.reduce((sum, { rows }) => sum + rows, 0);
  const bars = shown.map(({ name, rows }) => ({ name, amount: rows }));
  const largest = byRows[0];
  const chart = barList(
    {
      name: 'chart-collections',
      title: 'Rows of each collection',
      description: `${counted(collections.length, 'collection')}; the largest is ${clipped(largest?.name ?? '', longestName)} with ${counted(largest?.rows ?? 0, 'row')}.`,
    },
    bars,
    (rows) => `${count(rows)}`,
  );
  const countsOf = ({ loaded, salvaged, missing, failed, empty, rows }: (typeof collections)[number]): Counts => [
    loaded,
    // Manifests before salvage do not have it.
    salvaged ?? 0,
    missing,
    failed,
    empty,
    rows,
  ];
  const tableRows = collections.slice(0, mostRows).map((collection) => {
    const numbers = countsOf(collection);
    return [clipped(collection.name, longestName), ...numbers.map(count), percentage(collection.rows, plan.rows)];
  });
  const left = collections.slice(mostRows).map(countsOf);
  if (left.length > 0) {
    const sums = left.reduce<number[]>(
      (sum, numbers) => sum.map((value, index) => value + numbers[index]!),
      [0, 0, 0, 0, 0, 0],
    );
    tableRows.push([`${count(left.length)} others together`, ...sums.map(count), percentage(sums[5]!, plan.rows)]);
  }
  const number = true as const;
  const table = dataTable(
    'collections-table',
    'Shards and rows of each collection',
    [
      { head: 'Collection' },
      { head: 'Shards used', number },
      { head: 'in part', number },
      { head: 'missing', number },
      { head: 'failed', number },
      { head: 'empty', number },
      { head: 'Rows', number },
      { head: 'Share', number },
    ],
    tableRows,
  );
  const caption =
    rest.length === 0
      ? 'Rows in the result, by collection.'
      : `Rows in the result: the ${mostBars} largest collections. The other ${count(rest.length)} have ${counted(others, 'row')} together.`;
  return {
    name: 'collections',
    title: 'Collections',
    content:
      collections.length <= mostBars ? [figureWithout(chart, caption), table] : chartFigure(chart, caption, table),
  };
}

/** The table of few collections is short enough to stand open. */
function figureWithout(chart: ReturnType<typeof markup>, caption: string): ReturnType<typeof markup> {
  return markup`<figure><div class="scroll" role="group" tabindex="0" aria-label="Chart">${chart}</div><figcaption>${caption}</figcaption></figure>
`;
}
