import { defineConfig, mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.shared.ts';

export default mergeConfig(packageTests(import.meta.url), defineConfig({ test: { maxWorkers: 2 } }));
