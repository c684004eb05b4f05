import type { LostShard, RiffleEvent } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { describe, expect, it } from 'vitest';
import { samplePlan } from '../../test/fake-host.ts';
import { createEventLines } from './event-lines.ts';

const texts = (...events: readonly RiffleEvent[]) => {
  const words = createEventLines();
  return events.flatMap((event) => words(event).map(({ text }) => text));
};

const lost = (path: string): LostShard => ({
  collection: 'tts',
  path,
  status: 'failed',
  code: 'BAD_CONTENT',
  kind: 'format',
  reason: 'is a Git-LFS pointer',
});
const at = (index: number, name: string) => ({ index, of: 5, name, path: `data/${name}/.dset/${name}` });
const surveyed = (index: number, name: string, rows: number) =>
  ({
    type: 'collection-surveyed',
    ...at(index, name),
    loaded: 18,
    missing: 2,
    failed: 0,
    empty: 0,
    salvaged: 0,
    rows,
  }) as const;

describe('the lines of a survey', () => {
  it('are those of the design', () => {
    expect(
      texts(
        { type: 'collection-started', ...at(0, 'tts') },
        surveyed(0, 'tts', 1_234_567),
        { type: 'shard-lost', lost: lost('00007') },
        { type: 'surveyed', collections: 5, of: 5, rows: 5_432_100 },
      ),
    ).toEqual([
      '[1/5] tts (data/tts/.dset/tts)',
      '18 loaded, 2 missing, 0 failed, 0 empty → 1,234,567 rows',
      '  failed shard tts/00007: is a Git-LFS pointer',
      '5 of 5 collections, 5,432,100 rows',
    ]);
  });

  it('name the collection again when several are under way', () => {
    expect(
      texts(
        { type: 'collection-started', ...at(0, 'a') },
        { type: 'collection-started', ...at(1, 'b') },
        surveyed(0, 'a', 1),
        surveyed(1, 'b', 2),
      ),
    ).toEqual([
      '[1/5] a (data/a/.dset/a)',
      '[2/5] b (data/b/.dset/b)',
      '[1/5] a (data/a/.dset/a)',
      '18 loaded, 2 missing, 0 failed, 0 empty → 1 row',
      '[2/5] b (data/b/.dset/b)',
      '18 loaded, 2 missing, 0 failed, 0 empty → 2 rows',
    ]);
  });

  it('say of a salvaged shard what was kept', () => {
    const salvaged = { ...lost('00007'), status: 'salvaged', reason: 'a damaged page', rowsKept: 2048 } as const;
    expect(
      texts(
        { ...surveyed(0, 'tts', 5), salvaged: 1 },
        { type: 'shard-lost', lost: salvaged },
        { type: 'shard-lost', lost: { ...salvaged, rows: 10 } },
        { type: 'replanning', lost: [salvaged] },
      ),
    ).toEqual([
      '[1/5] tts (data/tts/.dset/tts)',
      '18 loaded (1 in part), 2 missing, 0 failed, 0 empty → 5 rows',
      '  salvaged shard tts/00007: a damaged page (kept 2,048 rows)',
      '  salvaged shard tts/00007: a damaged page (kept 2,048 rows, lost 10)',
      'Warning: 1 shard turned out not to be usable while being read; starting again without what cannot be read',
    ]);
  });

  it('show the first lost shards, and all with --verbose', () => {
    const words = createEventLines();
    const lines = Array.from({ length: 30 }, (_, index) =>
      words({ type: 'shard-lost', lost: lost(String(index)) }),
    ).flat();
    expect(lines.filter(({ weight }) => weight === 'usual')).toHaveLength(21);
    expect(lines.filter(({ weight }) => weight === 'usual').at(-1)?.text).toContain(
      'further lost shards are in the report',
    );
    expect(lines.filter(({ text }) => text.includes('failed shard'))).toHaveLength(30);
  });
});

describe('other lines', () => {
  it('give every value of the configuration in force', () => {
    const recipe = recipeSchema.parse({
      collections: [
        { name: 'a', path: 'in', expect: 20 },
        { name: 'b', path: 'x', expect: '{0..3}' },
      ],
      output: 'out',
      maxLoss: '0.1%',
    });
    const lines = texts({ type: 'configured', recipe, workers: 2, memory: 1.5e9 });
    expect(lines).toMatchSnapshot();
    const block = lines.join('\n');
    for (const key of Object.keys(recipe).filter((name) => name !== 'plugins')) expect(block).toContain(key);
  });

  it('give the plan with its reason and estimates', () => {
    expect(texts({ type: 'planned', plan: samplePlan })).toMatchSnapshot();
  });

  it('count what verification found', () => {
    expect(texts({ type: 'verified', valid: 256, empty: 0, missing: 0, different: 0 })).toEqual([
      'Verification: 256 valid, 0 empty, 0 missing',
    ]);
    expect(texts({ type: 'verified', valid: 253, empty: 1, missing: 1, different: 1 })).toEqual([
      'Verification: 253 valid, 1 empty, 1 missing, 1 different',
    ]);
  });

  it('warn even with --quiet', () => {
    const words = createEventLines();
    expect(words({ type: 'warning', message: 'odd' })).toEqual([{ weight: 'always', text: 'Warning: odd' }]);
    expect(words({ type: 'replanning', lost: [lost('1')] })).toEqual([
      { weight: 'always', text: expect.stringMatching(/^Warning: 1 shard turned out not to be usable/) },
    ]);
  });
});
