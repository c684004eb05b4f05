import { formatByteSize, count, duration } from '@riffle/core';
import { memoryChart, speedChart, stageChart } from '../charts/timeline-charts.ts';
import type { ReportFacts } from '../facts/report-facts.ts';
import type { SampleFacts, StageFacts } from '../facts/run-facts.ts';
import { chartFigure, dataTable, type Section } from '../html/elements.ts';
import { markup, type Content, type Markup } from '../html/markup.ts';
import { byteRate, clipped, rowRate } from '../words/wording.ts';

const number = true as const;
/** Stages in the chart and the table; jobs of many passes have more. */
const mostStages = 60;
/** Samples in a table. */
const mostSamples = 40;

function stageTable(stages: readonly StageFacts[]): Markup {
  const rows = stages
    .slice(0, mostStages)
    .map(({ stage, from, to, rows: moved, bytes }) => [
      clipped(stage, 40),
      duration(from),
      duration(to - from),
      moved === 0 ? '–' : count(moved),
      rowRate(moved, to - from),
      bytes === 0 ? '–' : formatByteSize(bytes),
      byteRate(bytes, to - from),
    ]);
  const rest = stages.length - mostStages;
  return dataTable(
    'stages-table',
    `Stages: bytes of decoded data in scatter, of files in all others${rest > 0 ? `; ${count(rest)} further stages are in the manifest` : ''}`,
    [
      { head: 'Stage' },
      { head: 'Began after', number },
      { head: 'Took', number },
      { head: 'Rows', number },
      { head: 'Speed', number },
      { head: 'Bytes', number },
      { head: 'Speed', number },
    ],
    rows,
  );
}

function sampleTable(
  name: string,
  caption: string,
  samples: readonly SampleFacts[],
  columns: readonly (readonly [string, (sample: SampleFacts) => string])[],
): Markup {
  const step = Math.ceil(samples.length / mostSamples);
  const shown = samples.filter((_, index) => index % step === 0 || index === samples.length - 1);
  return dataTable(
    name,
    step > 1 ? `${caption}: one in ${step} of ${count(samples.length)} looks` : caption,
    [{ head: 'After', number }, { head: 'Stage' }, ...columns.map(([head]) => ({ head, number }))],
    shown.map((sample) => [
      duration(sample.seconds),
      clipped(sample.stage, 40),
      ...columns.map(([, say]) => say(sample)),
    ]),
  );
}

/** What the job did when, how fast, and in how much memory. */
export function timelineSection({ run }: ReportFacts): Section {
  const section = (content: Content): Section => ({ name: 'timeline', title: 'Time and memory', content });
  const { stages: all = [], samples = [] } = run.timeline ?? {};
  // The manifest is written in it.
  const stages = all.filter(({ stage }) => stage !== 'publish');
  if (stages.length === 0)
    return section(
      markup`<p>There is no timeline: the version of Riffle that made this result did not keep one, or the result was finished by another run.</p>`,
    );
  const seconds = Math.max(
    stages.reduce((last, { to }) => Math.max(last, to), 0),
    samples.reduce((last, sample) => Math.max(last, sample.seconds), 0),
  );
  const speed = speedChart(stages, samples, seconds);
  const memory = memoryChart(samples, run.memory, seconds);
  const bytes = (value: number) => formatByteSize(value);
  const spilled = samples.some(({ spilledBytes }) => spilledBytes > 0);
  const budget =
    run.memory === undefined ? undefined : markup`, <span class="key bad"></span>the budget of ${bytes(run.memory)}`;
  return section([
    markup`<h3>Stages</h3>`,
    chartFigure(
      stageChart(stages.slice(0, mostStages), seconds),
      'Survey reads footers, scatter reads all rows and deals them to shards, gather writes each shard in its order and reads it back.',
      stageTable(stages),
    ),
    speed === undefined
      ? undefined
      : [
          markup`<h3>Speed</h3>`,
          chartFigure(
            speed,
            'Rows a second, between looks at the job that are at least a hundredth of it apart.',
            sampleTable('speed-table', 'Rows and bytes done in each stage', samples, [
              ['Rows', (sample) => count(sample.rows)],
              ['Bytes', (sample) => bytes(sample.bytes)],
            ]),
          ),
        ],
    memory === undefined
      ? undefined
      : [
          markup`<h3>Memory</h3>`,
          chartFigure(
            memory,
            markup`<span class="key accent"></span>Data held in all threads, which <code>--memory</code> bounds${budget}; <span class="key muted"></span>dotted, the whole process with Node and code${spilled ? markup`; <span class="key second"></span>rows waiting in spill files` : '; nothing was spilled to disk'}.`,
            sampleTable('memory-table', 'Memory and spill', samples, [
              ['Data held', (sample) => bytes(sample.memoryBytes)],
              ['Process', (sample) => bytes(sample.residentBytes)],
              ['Spilled', (sample) => bytes(sample.spilledBytes)],
            ]),
          ),
        ],
  ]);
}
