import { expect } from 'vitest';
import type { TestRunner } from '../src/conformance/test-runner.ts';

/**
 * Whether one test of a suite fails, run by a runner of its own: so suites are tested on broken implementations.
 * @throws Error if the suite has no test of that title.
 */
export async function fails(title: string, define: (runner: TestRunner) => void): Promise<boolean> {
  const tests = new Map<string, () => void | Promise<void>>();
  define({ describe: (_, body) => body(), it: (name, run) => void tests.set(name, run), expect });
  const run = tests.get(title);
  if (run === undefined) throw new Error(`The suite has no test "${title}".`);
  try {
    await run();
    return false;
  } catch {
    return true;
  }
}
