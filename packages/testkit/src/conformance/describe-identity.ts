import type { PluginIdentity } from '@riffle/core';
import type { TestRunner } from './test-runner.ts';

/** What every plugin object carries, whatever its role. */
export function describeIdentity(
  { it, expect }: TestRunner,
  role: string,
  make: () => Promise<PluginIdentity<string> & { readonly capabilities: object }>,
): void {
  it('says what it is and cannot be changed', async () => {
    const plugin = await make();
    expect(plugin).toMatchObject({ specificationVersion: 'v1', role });
    expect(plugin.name).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(Object.isFrozen(plugin.capabilities)).toBe(true);
  });
}

/** An aborted signal with a reason that only this test knows. */
export function aborted(): { readonly signal: AbortSignal; readonly reason: Error } {
  const reason = new Error('the test stopped it');
  return { signal: AbortSignal.abort(reason), reason };
}

/** What a promise rejects with; fails if it does not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}
