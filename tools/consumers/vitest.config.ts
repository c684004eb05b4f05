import { mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.shared.ts';

export default mergeConfig(packageTests(import.meta.url), {
  // Python programs take seconds to load; on a busy machine a minute.
  test: { globalSetup: ['src/say-what-is-missing.mjs'], testTimeout: 300_000, hookTimeout: 300_000 },
});
