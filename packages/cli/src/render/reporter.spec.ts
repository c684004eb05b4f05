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
    ['FORCE_COLOR', { environment: { FORCE_COLOR: '1' } }, true],
    ['FORCE_COLOR on a dumb terminal', { isTTY: true, environment: { FORCE_COLOR: '3', TERM: 'dumb' } }, true],
    ['FORCE_COLOR=0', { isTTY: true, environment: { FORCE_COLOR: '0' } }, false],
    ['both', { isTTY: true, environment: { FORCE_COLOR: '1', NO_COLOR: '1' } }, false],
  ])('with %s', (_, options, coloured) => {
    const { reporter, taken } = setUp(options);
    reporter.onEvent({ type: 'warning', message: 'x' });
    expect(taken().includes('\u001b[31m')).toBe(coloured);
  });
});
