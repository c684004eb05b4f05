import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { ViteUserConfig } from 'vitest/config';

// Vitest hands these to Node as `--conditions`, so `import` must not be among them: it would break every `require`.
const SOURCE_CONDITIONS = ['@riffle/source', 'node'];

/**
 * The vitest configuration of one package. Tests resolve `@riffle/*` to sources; worker threads,
 * which Node 20 cannot start from `.ts`, resolve to `dist` (so `test` depends on `build`).
 *
 * @param configUrl `import.meta.url` of the package's `vitest.config.ts`.
 */
export function packageTests(configUrl: string): ViteUserConfig {
  return defineConfig({
    root: fileURLToPath(new URL('.', configUrl)),
    ssr: { resolve: { conditions: SOURCE_CONDITIONS } },
    test: {
      include: ['{src,test}/**/*.spec.{ts,mjs}'],
      passWithNoTests: true,
      expect: { requireAssertions: true },
      restoreMocks: true,
      setupFiles: [fileURLToPath(new URL('./vitest.setup.ts', import.meta.url))],
      reporters: ['default', ['json', { outputFile: '.vitest/report.json' }]],
      // Only what hangs runs into these: on a busy machine a whole run takes many times as long.
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  });
}
