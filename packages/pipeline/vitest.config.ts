import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.shared.ts';

/** Files named `*.slow.spec.ts` take a minute each: they run with `RIFFLE_SLOW=1`, as in `.ci/run`. */
const exclude =
  process.env['RIFFLE_SLOW'] === undefined ? [...configDefaults.exclude, '**/*.slow.spec.ts'] : configDefaults.exclude;

export default mergeConfig(packageTests(import.meta.url), defineConfig({ test: { exclude, maxWorkers: 2 } }));
