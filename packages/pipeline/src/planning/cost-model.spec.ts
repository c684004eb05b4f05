import fc from 'fast-check';
import type { JobCosts, StrategyOption } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { assumedCosts } from './assumed-costs.ts';
import { chooseStrategy, type ChoiceFacts } from './choose-strategy.ts';
import { estimateSeconds, estimateTime, type TimeFacts } from './cost-model.ts';

const mebibyte = 2 ** 20;
const amounts = { rows: 1e6, cells: 4e6, values: 1e8, bytes: 4e9 };
const costs = assumedCosts(amounts);

const facts = (more: Partial<ChoiceFacts> = {}): ChoiceFacts => ({
  budget: 1e9,
  workers: 2,
  strategy: 'auto',
  decodedBytes: amounts.bytes,
  inputBytes: 2e9,
  outputBytes: 2e9,
  verify: 'full',
  cacheBytes: 0,
  costs,
  rowBytes: 4000,
  growth: 0,
  writerBytes: 80 * mebibyte,
  feedBytes: 8 * mebibyte,
  writer: {
    shards: 16,
    mostShards: 10_000,
    rowGroupBytes: 64 * mebibyte,
    leastRowGroupBytes: mebibyte,
    bytesOf: (_, rowGroupBytes) => 1.25 * rowGroupBytes,
  },
  ...more,
});

const withSeconds = (seconds: Partial<JobCosts['seconds']>): JobCosts => ({
  ...costs,
  seconds: { ...costs.seconds, ...seconds },
});
const costOf = ({ options }: { readonly options: readonly StrategyOption[] }, strategy: string) =>
  options.find((option) => option.strategy === strategy)!.cost!;

describe('the estimate of time', () => {
  const way = { workers: 2, passes: 3, spillBytes: 1e9 };
  const usual: TimeFacts = facts();

  it('is never shorter for more passes, more to spill, dearer work, a slower disk, less cache or fewer workers', () => {
    const amount = fc.double({ min: 0, max: 1e4, noNaN: true });
    const kinds = fc.record({
      decode: amount,
      permute: amount,
      fingerprint: amount,
      deal: amount,
      place: amount,
      encode: amount,
      check: amount,
      spill: amount,
    });
    const factor = fc.double({ min: 1, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        kinds,
        factor,
        fc.constantFrom(...(Object.keys(costs.seconds) as 'decode'[])),
        (seconds, times, kind) => {
          const given = { ...usual, cacheBytes: 1e9, costs: { ...costs, seconds } };
          const before = estimateSeconds(given, way);
          for (const after of [
            estimateSeconds(given, { ...way, passes: way.passes + Math.ceil(times) }),
            estimateSeconds(given, { ...way, spillBytes: way.spillBytes * times }),
            estimateSeconds(given, { ...way, workers: 1 }),
            estimateSeconds({ ...given, cacheBytes: 1e9 / times }, way),
            estimateSeconds({ ...given, costs: { ...given.costs, diskSpeed: costs.diskSpeed / times } }, way),
            estimateSeconds({ ...given, costs: withSeconds({ ...seconds, [kind]: seconds[kind] * times }) }, way),
          ])
            expect(after).toBeGreaterThanOrEqual(before);
        },
      ),
    );
  });

  it('is a range around what is likely, and never below what the disk alone takes', () => {
    const slow = { ...usual, costs: { ...costs, diskSpeed: 1e6 } };
    const { least, likely, most } = estimateTime(slow, way);
    expect(likely).toBeGreaterThan((2e9 + 2 * 1e9) / 1e6);
    expect([least, likely, most]).toEqual([least, likely, most].toSorted((one, other) => one - other));
  });

  it('counts reading back only where it is done', () => {
    const counts = estimateSeconds({ ...usual, verify: 'counts' }, { ...way, workers: 1 });
    const full = estimateSeconds(usual, { ...way, workers: 1 });
    expect(full - counts).toBeCloseTo(costs.seconds.check + costs.seconds.fingerprint);
  });
});

describe('the choice', () => {
  it('is what is estimated to take least time, and never slower with more memory', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 8000 }),
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 2000 }).map((megabytes) => megabytes * 1e6),
        (megabytes, more, workers, diskSpeed) => {
          const given = facts({ workers, costs: { ...costs, diskSpeed } });
          const small = chooseStrategy({ ...given, budget: megabytes * 1e6 });
          const large = chooseStrategy({ ...given, budget: (megabytes + more) * 1e6 });
          const seconds = small.options.flatMap(({ cost }) => cost?.seconds ?? []);
          expect(costOf(small, small.strategy).seconds).toBe(Math.min(...seconds));
          expect(seconds).toEqual(seconds.toSorted((one, other) => one - other));
          expect(costOf(large, large.strategy).seconds).toBeLessThanOrEqual(costOf(small, small.strategy).seconds);
        },
      ),
    );
  });

  it('is passes where the disk is slow and decoding cheap, spill where decoding is expensive', () => {
    const cheap = withSeconds({ decode: 0.5, permute: 0.1, spill: 12 });
    expect(chooseStrategy(facts({ cacheBytes: 3e9, costs: { ...cheap, diskSpeed: 1e7 } })).strategy).toBe('passes');
    expect(chooseStrategy(facts({ costs: withSeconds({ decode: 60, spill: 1 }) })).strategy).toBe('spill');
  });

  it('counts memory with fewer workers where all of them do not fit beside the data', () => {
    const { options, minimum } = chooseStrategy(facts());
    const budget = options.at(-1)!.minimum + Math.floor(minimum / 2);
    const plan = chooseStrategy(facts({ budget }));
    expect(costOf(plan, 'memory')).toMatchObject({ workers: 1, passes: 1, spillBytes: 0 });
    expect(plan.reason).toMatch(/pass the budget of .*all in memory with 1 worker about /);
  });

  it('says what every strategy would take, and the least budget of those that are not possible', () => {
    const { options, reason } = chooseStrategy(facts());
    expect(options.map(({ strategy }) => strategy).toSorted()).toEqual(['memory', 'passes', 'spill']);
    const memory = options.at(-1)!;
    expect(memory).toEqual({ strategy: 'memory', minimum: memory.minimum });
    expect(memory.minimum).toBeGreaterThan(4e9);
    expect(chooseStrategy(facts({ strategy: 'memory', budget: memory.minimum }))).toMatchObject({ strategy: 'memory' });
    expect(reason).toMatch(/costs assumed\)$/);
    expect(chooseStrategy(facts({ costs: { ...costs, basis: 'measured' } })).reason).toMatch(/costs measured here\)$/);
  });
});
