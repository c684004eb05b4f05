import { describe, expect, it } from 'vitest';
import { recordTimeline } from './timeline.ts';

const progress = (rows: number) =>
  ({
    type: 'progress',
    stage: 'scatter',
    rows,
    ofRows: 1e6,
    bytes: rows * 10,
    memoryBytes: 5,
    spilledBytes: 0,
  }) as const;

describe('the timeline of a job', () => {
  it('has its stages with what they moved, and the one that goes on', () => {
    let time = 0;
    const timeline = recordTimeline(
      () => time,
      () => 7,
    );
    timeline.record({ type: 'stage-started', stage: 'survey' });
    time = 2;
    timeline.record({ type: 'stage-finished', stage: 'survey', seconds: 2 });
    timeline.record({ type: 'stage-started', stage: 'scatter' });
    time = 3;
    timeline.record(progress(40));
    expect(timeline.value()).toEqual({
      stages: [
        { stage: 'survey', from: 0, to: 2, rows: 0, bytes: 0 },
        { stage: 'scatter', from: 2, to: 3, rows: 40, bytes: 400 },
      ],
      samples: [
        { seconds: 3, stage: 'scatter', rows: 40, bytes: 400, memoryBytes: 5, spilledBytes: 0, residentBytes: 7 },
      ],
    });
  });

  it('stays small in a long job, covers all of it, and ends with its last progress', () => {
    let time = 0;
    const timeline = recordTimeline(
      () => time,
      () => 7,
    );
    timeline.record({ type: 'stage-started', stage: 'scatter' });
    for (time = 1; time <= 100_000; time++) timeline.record(progress(time));
    timeline.record({ type: 'stage-finished', stage: 'scatter', seconds: time });
    const { samples } = timeline.value();
    expect(samples.length).toBeGreaterThan(100);
    expect(samples.length).toBeLessThanOrEqual(400);
    expect(samples.at(-1)?.rows).toBe(100_000);
    const gaps = samples.slice(1, -1).map(({ seconds }, index) => seconds - samples[index]!.seconds);
    expect(Math.max(...gaps)).toBe(Math.min(...gaps));
  });
});
