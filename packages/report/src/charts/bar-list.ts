import { axisY, barX, ruleX, text } from '@observablehq/plot';
import type { Markup } from '../html/markup.ts';
import { clipped } from '../words/wording.ts';
import { chartText, drawChart, type ChartWords } from './draw-chart.ts';

/** A named amount. */
export interface NamedAmount {
  readonly name: string;
  readonly amount: number;
}

const rowHeight = 24;
/** Characters of a name beside a bar. */
const longestName = 24;

/** Horizontal bars, one below the other, each with its name and its value in words. */
export function barList(words: ChartWords, amounts: readonly NamedAmount[], say: (amount: number) => string): Markup {
  // By place, since two names may be the same once they are cut.
  const places = amounts.map((_, index) => index);
  const names = amounts.map(({ name }) => chartText(clipped(name, longestName)));
  return drawChart(words, {
    height: rowHeight * amounts.length + 8,
    marginTop: 4,
    marginBottom: 4,
    marginLeft: 170,
    marginRight: 110,
    x: { axis: null, zero: true },
    y: { label: null, domain: places, padding: 0.3 },
    marks: [
      barX(places, {
        x: (index: number) => amounts[index]!.amount,
        y: (index: number) => index,
        fill: 'var(--accent)',
      }),
      text(places, {
        x: (index: number) => amounts[index]!.amount,
        y: (index: number) => index,
        text: (index: number) => say(amounts[index]!.amount),
        textAnchor: 'start',
        dx: 6,
        fill: 'var(--text)',
      }),
      axisY({ tickSize: 0, tickFormat: (index: number) => names[index]! }),
      ruleX([0], { stroke: 'var(--muted)' }),
    ],
  });
}
