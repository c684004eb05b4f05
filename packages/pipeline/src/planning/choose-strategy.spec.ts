import fc from 'fast-check';
import { isRiffleError, type MemoryPlan } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { assumedCosts } from './assumed-costs.ts';
import { chooseStrategy, type ChoiceFacts } from './choose-strategy.ts';
import type { WriterMemory } from './memory-advice.ts';

const mebibyte = 2 ** 20;
/** Holds what a row group takes, whatever a shard has. */
const writer: WriterMemory = {
  shards: 16,
  mostShards: 10_000,
  rowGroupBytes: 64 * mebibyte,
  leastRowGroupBytes: mebibyte,
  bytesOf: (_, rowGroupBytes) => 1.25 * rowGroupBytes,
};

const facts = (more: Partial<ChoiceFacts> = {}): ChoiceFacts => ({
  budget: 2 ** 30,
  workers: 4,
  strategy: 'auto',
  decodedBytes: 100 * mebibyte,
  inputBytes: 30 * mebibyte,
  outputBytes: 30 * mebibyte,
  verify: 'full',
  cacheBytes: 0,
  costs: assumedCosts({ rows: 1e6, cells: 4e6, values: 4e6, bytes: 100 * mebibyte }),
  rowBytes: 100,
  growth: 0,
  writerBytes: 80 * mebibyte,
  feedBytes: 8 * mebibyte,
  writer,
  ...more,
});

const anyFacts: fc.Arbitrary<ChoiceFacts> = fc.record({
  budget: fc.integer({ min: 1, max: 16 * 1024 }).map((mebibytes) => mebibytes * mebibyte),
  workers: fc.integer({ min: 1, max: 64 }),
  strategy: fc.constantFrom('auto', 'memory', 'spill', 'passes'),
  decodedBytes: fc.integer({ min: 1, max: 2 ** 31 - 1 }).chain((bytes) => fc.constantFrom(bytes, bytes * 100)),
  inputBytes: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  outputBytes: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  verify: fc.constantFrom('full', 'counts'),
  cacheBytes: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  costs: fc
    .record({
      rows: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      cells: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      values: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      bytes: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    })
    .map(assumedCosts),
  rowBytes: fc.integer({ min: 1, max: 200 * mebibyte }),
  // Nothing is converted, or booleans to numbers of 8 bytes at most.
  growth: fc.oneof(fc.constant(0), fc.double({ min: 1, max: 64, noNaN: true })),
  writerBytes: fc.integer({ min: 0, max: 500 * mebibyte }),
  feedBytes: fc.integer({ min: mebibyte, max: 8 * mebibyte }),
  writer: fc.constant(writer),
});

function tryPlan(given: ChoiceFacts): MemoryPlan | { readonly minimum: number } {
  try {
    return chooseStrategy(given);
  } catch (error) {
    if (!isRiffleError(error) || error.code !== 'MEMORY_TOO_SMALL') throw error;
    return { minimum: Number(error.details['minimum']) };
  }
}

describe('chooseStrategy', () => {
  it('divides any budget so that sizes are useful and within it, or says how much is needed', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const plan = tryPlan(given);
        if (!('strategy' in plan)) {
          expect(plan.minimum).toBeGreaterThan(given.budget);
          expect(tryPlan({ ...given, budget: plan.minimum })).toHaveProperty('strategy');
          return;
        }
        expect(plan.workers).toBeGreaterThanOrEqual(1);
        expect(plan.workers).toBeLessThanOrEqual(given.workers);
        expect(plan.workers * plan.minimum).toBeLessThanOrEqual(given.budget);
        if (given.strategy !== 'auto') expect(plan.strategy).toBe(given.strategy);
        const spilled = plan.strategy === 'spill' ? [plan.flushBytes] : [];
        for (const bytes of [plan.bucketBytes, plan.readBatchBytes, ...spilled]) {
          expect(bytes).toBeGreaterThanOrEqual(2 * mebibyte);
          expect(bytes).toBeLessThan(given.budget);
        }
        expect(plan.estimatedPeakBytes).toBeLessThanOrEqual(given.budget);
        expect(plan.passes).toBeGreaterThanOrEqual(1);
        if (plan.strategy !== 'passes') expect(plan.passes).toBe(1);
        expect(plan.estimatedSpillBytes > 0).toBe(plan.strategy === 'spill');
      }),
      { numRuns: 500 },
    );
  });

  it('auto keeps all in memory if the data and the workers fit together', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const plan = tryPlan({ ...given, strategy: 'auto' });
        if (!('strategy' in plan)) return;
        const workers = Math.max(1, Math.min(given.workers, Math.floor(given.budget / plan.minimum)));
        const fits = Math.ceil(given.decodedBytes * 1.1) + workers * plan.minimum <= given.budget;
        const { strategy, workers: taken } = plan;
        expect(fits ? [strategy, taken] : 'any').toEqual(fits ? ['memory', workers] : 'any');
        const least = strategy === 'memory' ? given.decodedBytes * 1.1 + plan.minimum : plan.minimum;
        expect(least).toBeLessThanOrEqual(given.budget);
      }),
      { numRuns: 500 },
    );
  });

  it('takes more memory for wider rows and larger row groups, never lowers them', () => {
    const { minimum } = chooseStrategy(facts());
    expect(chooseStrategy(facts({ rowBytes: 50 * mebibyte })).minimum).toBeGreaterThan(minimum);
    expect(chooseStrategy(facts({ growth: 8 })).minimum).toBeGreaterThan(minimum);
    expect(chooseStrategy(facts({ writerBytes: 160 * mebibyte })).minimum).toBeGreaterThan(minimum + 70 * mebibyte);
  });

  it('lowers parallelism first', () => {
    const { minimum } = chooseStrategy(facts());
    const workers = (budget: number) => chooseStrategy(facts({ budget, strategy: 'spill' })).workers;
    expect([1, 1.9, 2.1, 3.1, 4.1, 40].map((times) => workers(Math.ceil(times * minimum)))).toEqual([1, 1, 2, 3, 4, 4]);
  });

  describe('where one worker does not fit', () => {
    const messageOf = (given: ChoiceFacts) => {
      try {
        return chooseStrategy(given);
      } catch (error) {
        return (error as Error).message;
      }
    };
    /** Holds 16 GiB of shards one at a time. */
    const wholeShards: WriterMemory = { ...writer, bytesOf: (shards) => Math.ceil((16 * 2 ** 30) / shards) };
    const given = (shards: number, more: Partial<WriterMemory> = {}) =>
      facts({
        budget: 256 * mebibyte,
        writer: { ...wholeShards, ...more },
        writerBytes: wholeShards.bytesOf(shards, 0),
      });

    it('gives more memory and smaller row groups as ways out, of which each would do', () => {
      expect(messageOf(facts({ budget: 16 * mebibyte }))).toMatch(
        /^A budget of 16\.8 MB is too small: one worker that writes row groups needs at least \d+ MB\. Give --memory \d+MB or more, or smaller --row-group-bytes\.$/,
      );
    });

    it('gives the number of shards that would do for a writer that holds whole ones, and no row groups', () => {
      const found =
        /one worker that holds a whole shard while it writes it needs at least [\d.]+ GB\. Give --memory \d+MB or more, or --shards (\d+) or more, which are smaller\.$/.exec(
          messageOf(given(16)) as string,
        );
      const enough = Number(found?.[1]);
      expect(enough).toBeGreaterThan(16);
      expect(messageOf(given(enough))).toHaveProperty('strategy');
      expect(messageOf(given(enough - 1))).toContain('too small');
    });

    it('gives no number of shards if there are no rows for so many', () => {
      expect(messageOf(given(16, { mostShards: 20 }))).toMatch(/Give --memory \d+MB or more\.$/);
    });
  });

  it('holds all data over its passes', () => {
    const plan = chooseStrategy(facts({ strategy: 'passes', decodedBytes: 20 * 2 ** 30 }));
    expect(plan.passes).toBeGreaterThan(1);
    expect(plan.passes * (plan.budget - plan.workers * plan.minimum)).toBeGreaterThanOrEqual(20 * 2 ** 30);
  });

  it('says how much is needed for all in memory', () => {
    expect(() => chooseStrategy(facts({ strategy: 'memory', decodedBytes: 2 ** 31 }))).toThrow(
      expect.objectContaining({
        code: 'MEMORY_TOO_SMALL',
        message: expect.stringMatching(
          /--strategy memory needs about 2\.\d+ GB for 2\.15 GB of data; the budget is 1\.07 GB/,
        ),
      }),
    );
  });
});
