import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import type { ViteUserConfig } from 'vitest/config';
import type { Reporter } from 'vitest/reporters';

// Vitest hands these to Node as `--conditions`, so `import` must not be among them: it would break every `require`.
const SOURCE_CONDITIONS = ['@riffle/source', 'node'];

/** Tests that take a minute, or change more of the machine than a folder: they run with `RIFFLE_SLOW=1`, as in `.ci/run`. */
const SLOW = '**/*.slow.spec.*';

/**
 * Leaves `.vitest/end.json`: whether the run passed, and the errors outside of every test, which vitest's JSON report does not tell.
 * Read by `tools/setup/count-tests.mjs`.
 */
function endReporter(folder: string): Reporter {
  return {
    onInit: () => rmSync(folder, { recursive: true, force: true }),
    onTestRunEnd(_modules, unhandled, reason) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, 'end.json'),
        JSON.stringify({ reason, errors: unhandled.map((error) => error.message) }),
      );
    },
  };
}

/**
 * The vitest configuration of one package. Tests resolve `@riffle/*` to sources; worker threads,
 * which Node 20 cannot start from `.ts`, resolve to `dist` (so `test` depends on `build`).
 *
 * @param configUrl `import.meta.url` of the package's `vitest.config.ts`.
 */
export function packageTests(configUrl: string): ViteUserConfig {
  const root = fileURLToPath(new URL('.', configUrl));
  return defineConfig({
    root,
    ssr: { resolve: { conditions: SOURCE_CONDITIONS } },
    test: {
      include: ['{src,test}/**/*.spec.{ts,mjs}'],
      exclude: process.env['RIFFLE_SLOW'] === undefined ? [...configDefaults.exclude, SLOW] : configDefaults.exclude,
      passWithNoTests: true,
      expect: { requireAssertions: true },
      restoreMocks: true,
      setupFiles: [fileURLToPath(new URL('./vitest.setup.ts', import.meta.url))],
      reporters: ['default', ['json', { outputFile: '.vitest/report.json' }], endReporter(join(root, '.vitest'))],
      // Only what hangs runs into these: on a busy machine a whole run takes many times as long.
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  });
}
