import { rect } from '@observablehq/plot';
import type { Markup } from '../html/markup.ts';
import { drawChart, type ChartWords } from './draw-chart.ts';

/** Squares on each side. More would be smaller than what can be told apart, and as many elements of the page. */
const mostSquares = 32;

interface Square {
  readonly column: number;
  readonly row: number;
  readonly share: number;
}

/**
 * Rows by where they came from (across) and where they are (down), on a grid. A square with as many rows as all have on average is half as dark as can be, one
 * with twice as many or more as dark as can be.
 * @param counts of square `column` in `row` at `row * size + column`
 */
export function orderPicture(words: ChartWords, counts: readonly number[], size: number): Markup {
  const step = size > mostSquares && size % 2 === 0 ? 2 : 1;
  const side = size / step;
  const sums = new Float64Array(side * side);
  for (const [index, count] of counts.entries())
    sums[Math.floor(Math.floor(index / size) / step) * side + Math.floor((index % size) / step)]! += count;
  const mean = sums.reduce((sum, count) => sum + count, 0) / sums.length;
  const squares: Square[] = [];
  for (const [index, count] of sums.entries())
    if (count > 0)
      squares.push({ column: index % side, row: Math.floor(index / side), share: Math.min(1, count / mean / 2) });
  const label = (text: string) => ({
    label: text,
    ticks: [] as number[],
    domain: [0, side] as [number, number],
    nice: false,
  });
  return drawChart(words, {
    width: 360,
    height: 360,
    marginTop: 24,
    marginLeft: 12,
    marginRight: 12,
    marginBottom: 24,
    x: { ...label('came from'), labelAnchor: 'center' },
    // The first row of the output is at the top.
    y: { ...label('is at'), reverse: true },
    opacity: { type: 'identity' },
    marks: [
      rect([0], { x1: 0, x2: side, y1: 0, y2: side, stroke: 'var(--line)', fill: 'none' }),
      rect(squares, {
        x1: 'column',
        x2: ({ column }: Square) => column + 1,
        y1: 'row',
        y2: ({ row }: Square) => row + 1,
        fill: 'var(--accent)',
        fillOpacity: 'share',
      }),
    ],
  });
}
