import { axisX, axisY, dot, gridX, gridY, line, ruleY, text } from '@observablehq/plot';
import { scaleFigures } from '../report/scale-table.mjs';
import { drawSvg } from './draw-svg.mjs';

const MEBIBYTE = 2 ** 20;
/** What Riffle may hold over its budget, in bytes. */
const STATED_OVERHEAD = 250 * MEBIBYTE;
const colours = { narrow: 'var(--first)', audio: 'var(--second)' };

const measured = (results, series) =>
  results
    .filter((result) => result.series === series && result.runs.riffle?.length > 0)
    .map((result) => ({ ...result, ...scaleFigures(result) }));
const power = (value) =>
  `10${String(Math.round(Math.log10(value))).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])}`;
const plain = (value) => String(Number(value.toPrecision(2)));

/** What a row costs as narrow rows grow many. */
export function costOfRows(results) {
  const points = measured(results, 'narrow').map(({ rows, microsecondsPerRow }) => ({
    x: rows,
    y: microsecondsPerRow,
  }));
  return costLine(points, {
    title: 'Time a row over rows',
    words: 'narrow rows, microseconds a row over number of rows',
    unit: 'µs',
    x: { label: 'rows →', format: power },
    colour: colours.narrow,
  });
}

/** What a gigabyte costs as audio grows large. */
export function costOfGigabytes(results) {
  const points = measured(results, 'audio').map(({ bytes, secondsPerGigabyte }) => ({
    x: bytes / 1e9,
    y: secondsPerGigabyte,
  }));
  return costLine(points, {
    title: 'Time a gigabyte over size',
    words: 'audio, seconds a gigabyte over gigabytes of input',
    unit: 's',
    x: { label: 'gigabytes of input →', format: plain },
    colour: colours.audio,
  });
}

function costLine(points, { title, words, unit, x, colour }) {
  if (points.length < 2) return undefined;
  const said = `A line: ${words}. ${points.map((point) => `${x.format(point.x)}: ${plain(point.y)} ${unit}`).join('; ')}`;
  const ticks = points.map((point) => point.x);
  const svg = drawSvg(title, said, {
    height: 260,
    marginTop: 34,
    marginBottom: 42,
    marginRight: 70,
    x: { type: 'log', domain: [Math.min(...ticks) / 1.4, Math.max(...ticks) * 1.4] },
    // Room for the words above the highest point.
    y: { domain: [0, 1.15 * Math.max(...points.map((point) => point.y))] },
    marks: [
      gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      line(points, { x: 'x', y: 'y', stroke: colour, strokeWidth: 2 }),
      dot(points, { x: 'x', y: 'y', r: 4, fill: colour }),
      text(points, {
        x: 'x',
        y: 'y',
        text: ({ y }) => `${plain(y)} ${unit}`,
        dx: 6,
        dy: -10,
        textAnchor: 'start',
        fill: 'var(--text)',
      }),
      axisX(ticks, { text: x.format, label: x.label, labelArrow: 'none' }),
      axisY({ ticks: 5, label: `↑ ${title.split(' over ')[0].toLowerCase()}, ${unit}`, labelArrow: 'none' }),
      ruleY([0], { stroke: 'var(--muted)' }),
    ],
  });
  return { svg, words: said };
}

/** How much memory jobs of growing size take beside their budget. */
export function memoryOverSize(results) {
  const points = ['narrow', 'audio'].flatMap((series) =>
    measured(results, series).map(({ bytes, peakBytes, budgetBytes }) => ({
      series,
      x: bytes / 1e9,
      y: peakBytes / MEBIBYTE,
      budgetBytes,
    })),
  );
  if (points.length < 2) return undefined;
  const budget = points[0].budgetBytes;
  const rules = [
    { y: budget / MEBIBYTE, label: 'the budget' },
    { y: (budget + STATED_OVERHEAD) / MEBIBYTE, label: 'and the stated overhead' },
  ];
  const words = `Peak memory of the process over gigabytes of input, beside the budget of ${Math.round(budget / MEBIBYTE)} MiB. ${points.map(({ series, x, y }) => `${series}, ${plain(x)} GB: ${Math.round(y)} MiB`).join('; ')}`;
  const xs = points.map(({ x }) => x);
  const domain = [Math.min(...xs) / 1.4, Math.max(...xs) * 1.4];
  const decades = [0.001, 0.01, 0.1, 1, 10, 100].filter((x) => x >= domain[0] && x <= domain[1]);
  const last = ['narrow', 'audio'].flatMap((series) => points.filter((point) => point.series === series).slice(-1));
  const svg = drawSvg('Peak memory over size', words, {
    height: 300,
    marginTop: 34,
    marginBottom: 42,
    marginRight: 70,
    x: { type: 'log', domain },
    y: { zero: true, nice: true },
    marks: [
      gridX(decades, { stroke: 'var(--line)', strokeOpacity: 1 }),
      gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      ruleY(rules, { y: 'y', stroke: 'var(--muted)', strokeDasharray: '5 4' }),
      text(rules, {
        y: 'y',
        text: 'label',
        frameAnchor: 'left',
        dx: 6,
        dy: -7,
        textAnchor: 'start',
        fill: 'var(--muted)',
      }),
      line(points, { x: 'x', y: 'y', z: 'series', stroke: ({ series }) => colours[series], strokeWidth: 2 }),
      dot(points, { x: 'x', y: 'y', r: 4, fill: ({ series }) => colours[series] }),
      text(last, { x: 'x', y: 'y', text: 'series', dx: 9, textAnchor: 'start', fill: ({ series }) => colours[series] }),
      axisX({
        ticks: decades,
        tickFormat: plain,
        label: 'gigabytes of input →',
        labelArrow: 'none',
      }),
      axisY({ ticks: 5, label: '↑ peak memory, MiB', labelArrow: 'none' }),
      ruleY([0], { stroke: 'var(--muted)' }),
    ],
  });
  return { svg, words };
}
