import { mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.shared.ts';

export default mergeConfig(packageTests(import.meta.url), {
  test: { globalSetup: ['src/say-what-is-missing.mjs'] },
});
