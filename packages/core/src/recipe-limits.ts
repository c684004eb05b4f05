/** Bounds of every number in a recipe, stated once: the schema, the help and the docs are made from them. Loads nothing. */
export const recipeLimits = {
  shards: { minimum: 1, maximum: 10_000, default: 256 },
  rowGroupBytes: { minimum: 2 ** 20, maximum: 2 ** 30, default: 64 * 2 ** 20 },
  decodedBytes: { minimum: 2 ** 20, maximum: 2 ** 50, default: 2 ** 30 },
  decodedRatio: { minimum: 1, maximum: 1e9, default: 10_000 },
  expect: { minimum: 1, maximum: 1_000_000 },
  stallSeconds: { minimum: 1, maximum: 86_400, default: 600 },
} as const;

export const strategies = ['auto', 'memory', 'spill', 'passes'] as const;
export const badShardPolicies = ['skip', 'fail', 'salvage'] as const;
export const verifyDepths = ['full', 'counts'] as const;
export const schemaPolicies = ['widen', 'strict'] as const;

/** The defaults that are no numbers of {@link recipeLimits}. */
export const recipeDefaults = {
  seed: '42',
  strategy: 'auto',
  compression: 'zstd',
  profile: 'balanced',
  schema: 'widen',
  onBadShard: 'skip',
  /** Percent. */
  maxLoss: 100,
  verify: 'full',
} as const;
