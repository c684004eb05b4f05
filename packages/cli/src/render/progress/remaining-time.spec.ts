import { describe, expect, it } from 'vitest';
import { recordedTraces, type Trace } from '../../../test/traces.ts';
import { createRemainingTime } from './remaining-time.ts';

interface Told {
  readonly at: number;
  readonly left: number;
  readonly truth: number;
}

/** What is told twice a second while a recorded job goes on. */
function replay({ events, seconds }: Trace): { told: Told[]; silentUntil: number } {
  const remaining = createRemainingTime();
  const told: Told[] = [];
  let next = 0;
  for (let at = 0; at < seconds; at += 0.25) {
    for (; next < events.length && events[next]!.at <= at; next++)
      remaining.onEvent(events[next]!.event, events[next]!.at);
    const left = remaining.secondsLeft(at);
    if (left !== undefined) told.push({ at, left, truth: seconds - at });
  }
  return { told, silentUntil: told[0]?.at ?? seconds };
}

/** Whether an estimate is no more than so many times too long or too short; half a second either way is no matter. */
function within(factor: number, { left, truth }: Told): boolean {
  return left <= truth * factor + 0.5 && left >= truth / factor - 0.5;
}

describe('the time that a job still takes', () => {
  const traces = recordedTraces();

  it('is tried on jobs that last', () => {
    expect(traces.length).toBeGreaterThanOrEqual(6);
    expect(traces.filter(({ seconds }) => seconds > 3).length).toBeGreaterThanOrEqual(4);
  });

  it.each(traces.map((trace) => [trace.name, trace] as const))(
    'of %s is told within a factor of 2 from a fifth of the job on, and of 1.75 in its second half',
    (_, trace) => {
      const { told } = replay(trace);
      const after = (share: number) => told.filter(({ at }) => at >= share * trace.seconds);
      expect(after(0.2).filter((one) => !within(2, one))).toEqual([]);
      expect(after(0.5).filter((one) => !within(1.75, one))).toEqual([]);
    },
  );

  it.each(traces.filter(({ seconds }) => seconds > 3).map((trace) => [trace.name, trace] as const))(
    'of %s is told before half of it is done, then without a gap, and does not jump',
    (_, trace) => {
      const { told, silentUntil } = replay(trace);
      expect(silentUntil).toBeLessThan(0.5 * trace.seconds);
      expect(told.length).toBe(Math.ceil((trace.seconds - silentUntil) / 0.25));
      const jumps = told.slice(1).filter(({ at, left }, index) => {
        const before = told[index]!;
        return Math.abs(at + left - (before.at + before.left)) > 0.35 * Math.max(2, before.left);
      });
      expect(jumps).toEqual([]);
    },
  );

  it('says nothing before anything is known, and never that a late job is done', () => {
    const { events } = traces.find(({ name }) => name === 'tokens-memory')!;
    const remaining = createRemainingTime();
    expect(remaining.secondsLeft(0)).toBe(undefined);
    for (const { at, event } of events) {
      remaining.onEvent(event, at);
      if (event.type === 'progress' && event.rows > 0.5 * event.ofRows) break;
    }
    // Nothing more is heard of the job.
    for (let at = 10; at < 1000; at += 10) expect(remaining.secondsLeft(at)).toBeGreaterThan(0.2);
  });

  it('does not count what an interrupted run had done as fast', () => {
    const { events } = traces.find(({ name }) => name === 'tokens-memory')!;
    const remaining = createRemainingTime();
    const planned = events.find(({ event }) => event.type === 'planned')!.event;
    remaining.onEvent(planned, 0);
    remaining.onEvent({ type: 'resumed', shards: 0, ofShards: 32, scatterUnits: 6 }, 0);
    remaining.onEvent({ type: 'stage-started', stage: 'scatter' }, 0);
    const scattered = (rows: number, at: number) =>
      remaining.onEvent(
        { type: 'progress', stage: 'scatter', rows, ofRows: 1000, bytes: 1, memoryBytes: 0, spilledBytes: 0 },
        at,
      );
    for (let unit = 1; unit <= 6; unit++) scattered(unit * 100, 0.01);
    for (let unit = 7; unit <= 9; unit++) scattered(unit * 100, (unit - 6) * 10);
    // 300 rows took 30 s, so the 100 left take 10 s or less, and gather what the plan says beside the 100 s of a whole scatter.
    const left = remaining.secondsLeft(30)!;
    expect(left).toBeGreaterThan(30);
    expect(left).toBeLessThan(110);
  });
});
