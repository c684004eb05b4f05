import type { LostShard, RiffleEvent } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { samplePlan } from '../../../test/fake-host.ts';
import { createScreen } from '../../../test/screen.ts';
import { recordedTraces } from '../../../test/traces.ts';
import { createReporter } from '../reporter.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

function setUp(columns: number, environment: Record<string, string> = { NO_COLOR: '1' }) {
  const screen = createScreen(columns);
  let time = 0;
  const host = { stderr: screen.output, environment, now: () => time };
  const reporter = createReporter(host, { quiet: false, verbose: false, format: 'text' });
  return {
    ...screen,
    reporter,
    at: (seconds: number, event: RiffleEvent) => {
      const late = Math.max(0, seconds * 1000 - time);
      time += late;
      vi.advanceTimersByTime(late);
      reporter.onEvent(event);
    },
  };
}

const configured: RiffleEvent = {
  type: 'configured',
  recipe: recipeSchema.parse({ collections: [{ name: 'a', path: 'in' }], output: 'out' }),
  workers: 2,
  memory: 1e9,
};
const progress = (stage: 'scatter' | 'gather', rows: number): RiffleEvent => ({
  type: 'progress',
  stage,
  rows,
  ofRows: 2_000_000,
  bytes: rows * 1000,
  memoryBytes: 612_345_678,
  spilledBytes: stage === 'scatter' ? rows * 900 : 1.2e9,
});
const lost = (path: string, collection = 'tts'): LostShard => ({
  collection,
  path,
  status: 'failed',
  code: 'BAD_CONTENT',
  kind: 'truncated',
  reason: 'data.parquet: It is truncated: no Parquet footer at its end.',
});

/** From the start to the middle of scatter. */
function begin({ at }: Pick<ReturnType<typeof setUp>, 'at'>): void {
  at(0, { type: 'stage-started', stage: 'survey' });
  at(0.4, { type: 'stage-finished', stage: 'survey', seconds: 0.4 });
  at(0.4, { type: 'stage-started', stage: 'plan' });
  at(0.5, { type: 'stage-finished', stage: 'plan', seconds: 0.1 });
  at(0.5, { type: 'stage-started', stage: 'scatter' });
  for (let step = 1; step <= 8; step++) at(0.5 + step, progress('scatter', step * 160_000));
}

describe('the live view', () => {
  it.each([40, 80, 160])('shows the whole job at %d columns', async (columns) => {
    const view = setUp(columns);
    view.reporter.onEvent({ ...configured, type: 'warning', message: 'first' });
    view.at(0, { type: 'planned', plan: samplePlan });
    begin(view);
    const lines = await view.lines();
    const start = lines.findIndex((line) => line.startsWith('✓ survey'));
    expect(lines.slice(start).join('\n')).toMatchSnapshot();
    expect(lines.slice(start).every((line) => line.length < columns)).toBe(true);
  });

  it.each([40, 80, 160])('leaves what the stages took, after it, at %d columns', async (columns) => {
    const view = setUp(columns);
    begin(view);
    view.at(10, { type: 'stage-finished', stage: 'scatter', seconds: 9.5 });
    view.at(10, { type: 'stage-started', stage: 'gather' });
    view.at(20, progress('gather', 2_000_000));
    view.at(21, { type: 'stage-finished', stage: 'gather', seconds: 11 });
    view.at(21, { type: 'stage-started', stage: 'publish' });
    view.at(21.2, { type: 'stage-finished', stage: 'publish', seconds: 0.2 });
    view.reporter.result(['Done and verified'], 'closing');
    expect((await view.lines()).join('\n')).toMatchSnapshot();
  });

  it('keeps warnings and lost shards above itself, whole, wide characters too, however narrow it is', async () => {
    const view = setUp(40);
    begin(view);
    view.reporter.onEvent({
      type: 'warning',
      message: 'two collections have the file 数据集合/オーディオ/00000.parquet',
    });
    for (let index = 0; index < 5; index++)
      view.at(9 + index, { type: 'shard-lost', lost: lost(`0000${index}`, '語り手の声のコレクション') });
    const text = (await view.lines()).join('\n');
    expect(text).toMatchSnapshot();
    for (let index = 0; index < 5; index++) expect(text).toContain(`0000${index}`);
    expect(text.match(/▸ scatter/g)).toHaveLength(1);
    expect(text.match(/░/g)!.length).toBeGreaterThan(0);
  });

  it('takes itself away whole when the terminal becomes narrower, and wider', async () => {
    const view = setUp(160);
    view.reporter.onEvent({ type: 'warning', message: 'stays' });
    begin(view);
    for (const [index, columns] of [80, 40, 24, 60, 160].entries()) {
      await view.resize(columns);
      view.at(9 + index, progress('scatter', 1_300_000 + index));
      const lines = await view.lines();
      expect(lines[0]).toBe('Warning: stays');
      const text = lines.join('\n');
      expect(text.match(/✓ survey/g)).toHaveLength(1);
      expect(text.match(/so far/g)).toHaveLength(1);
    }
  });

  it('goes on with its clock while nothing is told', async () => {
    const view = setUp(80);
    begin(view);
    vi.advanceTimersByTime(500);
    expect((await view.lines()).join('\n')).toContain('8 s so far');
    view.at(60, { type: 'warning', message: 'x' });
    vi.advanceTimersByTime(1000);
    expect((await view.lines()).join('\n')).toContain('1 min 0 s so far');
  });

  it('leaves an error below what was done, with the stage that failed', async () => {
    const view = setUp(80);
    begin(view);
    view.reporter.error(new Error('The disk is full.'), ['  The output folder out does not exist.']);
    expect((await view.lines()).join('\n')).toMatchSnapshot();
  });

  it('draws a recorded job without one line of it twice', async () => {
    const trace = recordedTraces().find(({ name }) => name === 'audio-passes')!;
    const view = setUp(72);
    for (const { at, event } of trace.events) if (event.type !== 'planned') view.at(at, event);
    view.reporter.result(['Done'], 'closing');
    const lines = await view.lines();
    expect(lines.filter((line) => line.includes('survey'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('Done');
    expect(lines.length).toBeLessThanOrEqual(5);
  });
});

describe('where nothing can be redrawn', () => {
  it.each<[string, Record<string, string>]>([
    ['a dumb terminal', { TERM: 'dumb' }],
    ['CI', { CI: 'true', NO_COLOR: '1' }],
  ])('%s gets plain lines', async (_, environment) => {
    const view = setUp(100, environment);
    begin(view);
    const lines = await view.lines();
    expect(lines).toEqual([
      'scatter 40%: 800,000 of 2,000,000 rows, 160,000 rows/s, 160 MB/s, 612 MB of memory, 720 MB spilled',
    ]);
  });
});
