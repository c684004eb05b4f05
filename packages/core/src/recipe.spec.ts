import { describe, expect, it } from 'vitest';
import { recipeSchema } from './recipe.ts';

const least = { collections: [{ name: 'a', path: 'data/a' }], output: 'out' };

function messagesOf(change: Record<string, unknown>): Record<string, string> {
  const result = recipeSchema.safeParse({ ...least, ...change });
  return Object.fromEntries((result.error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]));
}

describe('recipeSchema', () => {
  it('fills in the defaults of the design', () => {
    expect(recipeSchema.parse(least)).toEqual({
      ...least,
      shards: 256,
      seed: '42',
      strategy: 'auto',
      compression: 'zstd',
      rowGroupBytes: 64 * 2 ** 20,
      profile: 'balanced',
      schema: 'widen',
      columns: {},
      onBadShard: 'skip',
      maxLoss: 100,
      verify: 'full',
      overwrite: false,
      card: false,
      stallSeconds: 600,
      limits: { decodedBytes: 2 ** 30, decodedRatio: 10_000 },
      plugins: {},
    });
  });

  it.each([
    [{ shards: 1 }, { shards: 1 }],
    [{ shards: 10_000 }, { shards: 10_000 }],
    [{ seed: 7 }, { seed: '7' }],
    [{ seed: '' }, { seed: '' }],
    [{ memory: '1GB' }, { memory: 1e9 }],
    [{ maxLoss: '0%' }, { maxLoss: 0 }],
    [{ maxLoss: '0.1%' }, { maxLoss: 0.1 }],
    [{ maxLoss: 100 }, { maxLoss: 100 }],
    [{ rowGroupBytes: '1MiB' }, { rowGroupBytes: 2 ** 20 }],
    [{ profile: 'fastest' }, { profile: 'fastest' }],
  ])('takes %j', (given, parsed) => {
    expect(recipeSchema.parse({ ...least, ...given })).toMatchObject(parsed);
  });

  it.each([
    ['collections', { collections: [] }, 'must name at least one collection'],
    ['collections', { collections: 'a' }, 'must be a list of collections'],
    ['collections.0', { collections: ['a'] }, 'must be a collection with name and path'],
    ['collections.0.name', { collections: [{ name: ' ', path: 'p' }] }, 'must be a name, not empty'],
    [
      'collections.0.path',
      { collections: [{ name: 'a', path: '' }] },
      'must be the path of a folder or file, not empty',
    ],
    [
      'collections.0.expect',
      { collections: [{ ...least.collections[0], expect: 0 }] },
      'must be a whole number of shards from 1 to 1000000, or a pattern such as {00000..00019}',
    ],
    ['output', { output: undefined }, 'must be a folder'],
    ['shards', { shards: 0 }, 'must be a whole number from 1 to 10000'],
    ['shards', { shards: 10_001 }, 'must be a whole number from 1 to 10000'],
    ['shards', { shards: 1.5 }, 'must be a whole number from 1 to 10000'],
    ['shards', { shards: '7' }, 'must be a whole number from 1 to 10000'],
    ['seed', { seed: 1.5 }, 'must be text, in quotes unless it is a whole number'],
    ['seed', { seed: 2 ** 60 }, 'must be text, in quotes unless it is a whole number'],
    ['memory', { memory: '1XB' }, 'must be a size such as 256MB or 64MiB'],
    ['memory', { memory: 1.5 }, 'must be a size such as 256MB or 64MiB'],
    ['workers', { workers: 0 }, 'must be a whole number of at least 1'],
    ['strategy', { strategy: 'fast' }, 'must be one of auto, memory, spill, passes'],
    ['tempDir', { tempDir: '' }, 'must be a folder, not empty'],
    ['compression', { compression: 'lzo' }, 'must be one of zstd, snappy, gzip, brotli, lz4, none'],
    ['profile', { profile: 'tiny' }, 'must be one of balanced, smallest, fastest'],
    ['rowGroupBytes', { rowGroupBytes: 1000 }, 'must be a size such as 256MB or 64MiB, from 1MiB to 1GiB'],
    ['rowGroupBytes', { rowGroupBytes: '2GiB' }, 'must be a size such as 256MB or 64MiB, from 1MiB to 1GiB'],
    ['onBadShard', { onBadShard: 'ignore' }, 'must be one of skip, fail, salvage'],
    ['maxLoss', { maxLoss: 101 }, 'must be a percentage from 0% to 100%, such as 0.1%'],
    ['maxLoss', { maxLoss: '-1%' }, 'must be a percentage from 0% to 100%, such as 0.1%'],
    ['maxLoss', { maxLoss: {} }, 'must be a percentage from 0% to 100%, such as 0.1%'],
    ['verify', { verify: 'none' }, 'must be one of full, counts'],
    ['overwrite', { overwrite: 'yes' }, 'must be true or false'],
    ['limits.decodedRatio', { limits: { decodedRatio: 0 } }, 'must be a number from 1 to 1000000000'],
    [
      'limits.decodedBytes',
      { limits: { decodedBytes: 1 } },
      'must be a size such as 256MB or 64MiB, from 1MiB to 1024TiB',
    ],
    ['plugins.writer.specifier', { plugins: { writer: { specifier: '' } } }, 'must be a module specifier, not empty'],
  ])('says what is accepted at %s (%j)', (place, change, message) => {
    expect(messagesOf(change)).toEqual({ [place]: message });
  });

  it.each(['{00000..00019}', '{a,b{0..3}}/x', '00007', 'part-{0..2}-{a,b}'])('takes the pattern %s', (expected) => {
    expect(messagesOf({ collections: [{ ...least.collections[0], expect: expected }] })).toEqual({});
  });

  it.each(['{a', 'a}', '{a}', '{00..19', '{0,{1..2}', '{}'])('refuses the pattern %s', (expected) => {
    expect(messagesOf({ collections: [{ ...least.collections[0], expect: expected }] })).toEqual({
      'collections.0.expect': expect.stringContaining('or a pattern such as {00000..00019}'),
    });
  });

  it('reports every problem at once', () => {
    expect(Object.keys(messagesOf({ shards: 0, memory: 'x', limits: { decodedRatio: 0 } }))).toEqual([
      'shards',
      'memory',
      'limits.decodedRatio',
    ]);
  });

  it('refuses unknown keys at every depth', () => {
    const result = recipeSchema.safeParse({ ...least, shardz: 1, limits: { rows: 1 } });
    expect(
      result.error?.issues.map((issue) => issue.code === 'unrecognized_keys' && [...issue.path, ...issue.keys]),
    ).toEqual([['limits', 'rows'], ['shardz']]);
  });
});
