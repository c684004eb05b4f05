import { areaY, barX, gridY, line, rectY, ruleY, text, type PlotOptions } from '@observablehq/plot';
import { formatByteSize, duration } from '@riffle/core';
import type { SampleFacts, StageFacts } from '../facts/run-facts.ts';
import type { Markup } from '../html/markup.ts';
import { rounded } from '../words/wording.ts';
import { drawChart } from './draw-chart.ts';

interface Speed {
  readonly from: number;
  readonly to: number;
  readonly rowsPerSecond: number;
}

/** Looks that follow each other faster than this part of the job say more of the looks than of the job. */
const shortestPart = 1 / 100;

/** Rows a second between samples of a stage; where a pass starts anew nothing is known. */
function speedsOf(
  stages: readonly StageFacts[],
  samples: readonly SampleFacts[],
  jobSeconds: number,
): readonly Speed[] {
  const shortest = jobSeconds * shortestPart;
  const pieces: { stage: string; from: number; to: number; firstRow: number; rows: number }[] = [];
  for (const [index, sample] of samples.entries()) {
    const before = samples[index - 1];
    const piece = pieces.at(-1);
    const same = before !== undefined && before.stage === sample.stage && before.rows <= sample.rows;
    const isShort = piece !== undefined && (piece.to - piece.from < shortest || sample.seconds - piece.to < shortest);
    if (same && piece !== undefined && isShort) {
      piece.to = sample.seconds;
      piece.rows = sample.rows;
      continue;
    }
    const started = stages.find(
      ({ stage, from, to }) => stage === sample.stage && from <= sample.seconds && sample.seconds <= to + 0.001,
    );
    const [from, firstRow] = same ? [before.seconds, before.rows] : [started?.from ?? sample.seconds, 0];
    pieces.push({ stage: sample.stage, from, to: sample.seconds, firstRow, rows: sample.rows });
  }
  return pieces
    .filter(({ from, to, firstRow, rows }) => to > from && rows > firstRow)
    .map(({ from, to, firstRow, rows }) => ({ from, to, rowsPerSecond: (rows - firstRow) / (to - from) }));
}

function acrossTime(seconds: number, chart: PlotOptions): PlotOptions {
  return {
    height: 170,
    marginBottom: 38,
    ...chart,
    x: { label: 'seconds since the start', domain: [0, Math.max(seconds, 0.001)], nice: false },
  };
}

/** Each stage as a bar from its start to its end. */
export function stageChart(stages: readonly StageFacts[], seconds: number): Markup {
  const names = [...new Set(stages.map(({ stage }) => stage))];
  const longest = stages.reduce((one, other) => (other.to - other.from > one.to - one.from ? other : one));
  return drawChart(
    {
      name: 'chart-stages',
      title: 'Stages of the job over time',
      description: `${names.length} stages in ${duration(seconds)}; the longest is ${longest.stage} with ${duration(longest.to - longest.from)}.`,
    },
    acrossTime(seconds, {
      height: 26 * names.length + 50,
      marginTop: 6,
      marginRight: 80,
      y: { label: null, domain: names, padding: 0.3 },
      marks: [
        barX(stages, {
          x1: 'from',
          x2: 'to',
          y: 'stage',
          fill: 'var(--accent)',
          stroke: 'var(--accent)',
          strokeWidth: 1,
        }),
        ...(stages.length > names.length
          ? []
          : [
              text(stages, {
                x: 'to',
                y: 'stage',
                text: ({ from, to }: StageFacts) => duration(to - from),
                textAnchor: 'start',
                dx: 6,
                fill: 'var(--text)',
              }),
            ]),
      ],
    }),
  );
}

/** Rows a second while rows were moved. Undefined if nothing was sampled. */
export function speedChart(
  stages: readonly StageFacts[],
  samples: readonly SampleFacts[],
  seconds: number,
): Markup | undefined {
  const speeds = speedsOf(stages, samples, seconds);
  if (speeds.length === 0) return undefined;
  const greatest = speeds.reduce((most, { rowsPerSecond }) => Math.max(most, rowsPerSecond), 0);
  return drawChart(
    {
      name: 'chart-speed',
      title: 'Rows a second over time',
      description: `At most ${rounded(greatest)} rows a second between two looks at the job.`,
    },
    acrossTime(seconds, {
      y: { label: 'rows/s', zero: true, ticks: 4, tickFormat: rounded },
      marks: [
        gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
        rectY(speeds, { x1: 'from', x2: 'to', y: 'rowsPerSecond', fill: 'var(--accent)' }),
        ruleY([0], { stroke: 'var(--muted)' }),
      ],
    }),
  );
}

/** Data held in all threads against the budget, the whole process, and what waited in spill files. */
export function memoryChart(
  samples: readonly SampleFacts[],
  budget: number | undefined,
  seconds: number,
): Markup | undefined {
  if (samples.length === 0) return undefined;
  const most = (of: (sample: SampleFacts) => number) =>
    samples.reduce((greatest, sample) => Math.max(greatest, of(sample)), 0);
  const held = most(({ memoryBytes }) => memoryBytes);
  const spilled = most(({ spilledBytes }) => spilledBytes);
  const resident = most(({ residentBytes }) => residentBytes);
  const bytes = (value: number) => formatByteSize(Math.round(value));
  return drawChart(
    {
      name: 'chart-memory',
      title: 'Memory and spilled rows over time',
      description: `At most ${bytes(held)} of data held${budget === undefined ? '' : ` of a budget of ${bytes(budget)}`}, ${bytes(resident)} in the whole process, ${bytes(spilled)} in spill files.`,
    },
    acrossTime(seconds, {
      y: { label: 'bytes', zero: true, ticks: 4, tickFormat: bytes },
      marks: [
        gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
        areaY(samples, { x: 'seconds', y: 'memoryBytes', fill: 'var(--accent)', fillOpacity: 0.35 }),
        line(samples, { x: 'seconds', y: 'memoryBytes', stroke: 'var(--accent)', strokeWidth: 2 }),
        line(samples, {
          x: 'seconds',
          y: 'residentBytes',
          stroke: 'var(--muted)',
          strokeWidth: 1.5,
          strokeDasharray: '2 3',
        }),
        ...(spilled === 0
          ? []
          : [line(samples, { x: 'seconds', y: 'spilledBytes', stroke: 'var(--second)', strokeWidth: 2 })]),
        ...(budget === undefined
          ? []
          : [ruleY([budget], { stroke: 'var(--bad)', strokeWidth: 1.5, strokeDasharray: '6 4' })]),
        ruleY([0], { stroke: 'var(--muted)' }),
      ],
    }),
  );
}
