import { count } from '@riffle/core';
import { axisX, gridY, rectY, ruleY } from '@observablehq/plot';
import type { Band } from '../facts/bands.ts';
import { bandsOf } from '../facts/bands.ts';
import type { Markup } from '../html/markup.ts';
import { drawChart, type ChartWords } from './draw-chart.ts';

/** More bars than this are no wider than the gaps between them. */
export const mostBars = 200;

/**
 * One bar for a shard, from zero, so that evenness shows as a level top; of many shards bands with their least and greatest value, the difference in
 * another colour.
 */
export function shardChart(
  words: ChartWords,
  values: readonly number[],
  axis: { readonly label: string; readonly format: (value: number) => string },
): Markup {
  const bands = bandsOf(values, mostBars);
  const gap = bands.length > 60 ? 0 : 0.5;
  const across = { x1: ({ from }: Band) => from, x2: ({ to }: Band) => to, insetLeft: gap, insetRight: gap };
  const spread = bands.filter(({ least, most }) => most > least);
  return drawChart(words, {
    height: 180,
    marginBottom: 40,
    x: { label: 'shard', domain: [0, values.length], nice: false },
    y: { label: axis.label, zero: true, tickFormat: axis.format, ticks: 4 },
    marks: [
      gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      rectY(bands, { ...across, y1: 0, y2: ({ least }: Band) => least, fill: 'var(--accent)' }),
      ...(spread.length === 0
        ? []
        : [
            rectY(spread, {
              ...across,
              y1: ({ least }: Band) => least,
              y2: ({ most }: Band) => most,
              fill: 'var(--second)',
            }),
          ]),
      axisX({
        ticks: Math.min(10, values.length),
        tickFormat: (value: number) => (Number.isInteger(value) ? count(value) : ''),
      }),
      ruleY([0], { stroke: 'var(--muted)' }),
    ],
  });
}
