import { describe, expect, it } from 'vitest';
import type { RiffleEvent, StageName } from '@riffle/core';
import { createReporter } from './reporter.ts';

function setUp(
  options: { isTTY?: boolean; columns?: number; quiet?: boolean; environment?: Record<string, string> } = {},
) {
  let text = '';
  let time = 0;
  const stderr = {
    write: (written: string) => void (text += written),
    isTTY: options.isTTY ?? false,
    columns: options.columns,
  };
  const host = { stderr, environment: options.environment ?? {}, now: () => time };
  const reporter = createReporter(host, { quiet: options.quiet ?? false, verbose: false, format: 'text' });
  return {
    reporter,
    wait: (seconds: number) => (time += seconds * 1000),
    taken: () => {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

const progress = (rows: number, stage: StageName = 'scatter'): RiffleEvent => ({
  type: 'progress',
  stage,
  rows,
  ofRows: 1000,
  bytes: rows * 1e6,
  memoryBytes: 5e8,
  spilledBytes: 0,
});

describe('progress on a terminal', () => {
  it('is one line redrawn in place, with speed and what is left', () => {
    const { reporter, wait, taken } = setUp({ isTTY: true, columns: 200 });
    reporter.onEvent({ type: 'stage-started', stage: 'scatter' });
    expect(taken()).toBe('scatter …');
    wait(2);
    reporter.onEvent(progress(250));
    expect(taken()).toBe('\r\u001b[2Kscatter 25%: 250 of 1,000 rows, 125 rows/s, 125 MB/s, 6 s left, 500 MB of memory');
    wait(2);
    reporter.onEvent(progress(500));
    expect(taken()).toBe('\r\u001b[2Kscatter 50%: 500 of 1,000 rows, 125 rows/s, 125 MB/s, 4 s left, 500 MB of memory');
  });

  it('is redrawn at most ten times a second, cut to the width, and kept below other lines', () => {
    const { reporter, wait, taken } = setUp({ isTTY: true, columns: 20 });
    reporter.onEvent({ type: 'stage-started', stage: 'scatter' });
    for (let index = 0; index < 100; index++) {
      wait(0.01);
      reporter.onEvent(progress(index));
    }
    const drawn = taken().split('\r\u001b[2K');
    expect(drawn.length).toBeLessThanOrEqual(12);
    expect(drawn.every((line) => line.length <= 19)).toBe(true);
    reporter.onEvent({ type: 'surveyed', collections: 1, of: 1, rows: 1 });
    expect(taken().startsWith('\r\u001b[2K1 of 1 collection, 1 row\nscatter')).toBe(true);
  });

  it('gives way to a line about the finished stage', () => {
    const { reporter, wait, taken } = setUp({ isTTY: true, columns: 200 });
    reporter.onEvent({ type: 'stage-started', stage: 'scatter' });
    wait(2);
    reporter.onEvent(progress(1000));
    taken();
    reporter.onEvent({ type: 'stage-finished', stage: 'scatter', seconds: 2 });
    expect(taken()).toBe('\r\u001b[2Kscatter: 1,000 rows, 1.00 GB in 2 s, 500 rows/s, 500 MB/s\n');
  });
});

describe('progress elsewhere', () => {
  it('is a plain line every few seconds', () => {
    const { reporter, wait, taken } = setUp();
    reporter.onEvent({ type: 'stage-started', stage: 'gather' });
    for (let index = 1; index <= 120; index++) {
      wait(0.1);
      reporter.onEvent(progress(index, 'gather'));
    }
    const lines = taken().trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^gather 5%: 50 of 1,000 rows/);
  });

  it('is not shown with --quiet', () => {
    const { reporter, wait, taken } = setUp({ quiet: true });
    reporter.onEvent({ type: 'stage-started', stage: 'gather' });
    wait(60);
    reporter.onEvent(progress(1, 'gather'));
    reporter.onEvent({ type: 'stage-finished', stage: 'gather', seconds: 60 });
    expect(taken()).toBe('');
  });
});

describe('colours', () => {
  it.each<[string, Parameters<typeof setUp>[0], boolean]>([
    ['a terminal', { isTTY: true }, true],
    ['a pipe', {}, false],
    ['NO_COLOR', { isTTY: true, environment: { NO_COLOR: '1' } }, false],
    ['an empty NO_COLOR', { isTTY: true, environment: { NO_COLOR: '' } }, true],
    ['a dumb terminal', { isTTY: true, environment: { TERM: 'dumb' } }, false],
  ])('with %s', (_, options, coloured) => {
    const { reporter, taken } = setUp(options);
    reporter.onEvent({ type: 'warning', message: 'x' });
    expect(taken().includes('\u001b[31m')).toBe(coloured);
  });
});
