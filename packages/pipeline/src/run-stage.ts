import type { StageName } from '@riffle/core';
import type { JobContext } from './job-context.ts';

/** Tells when a stage begins and how long it took. A job that was aborted begins none. */
export async function runStage<Result>(
  { emit, signal }: JobContext,
  name: StageName,
  work: () => Promise<Result>,
): Promise<Result> {
  const start = performance.now();
  emit({ type: 'stage-started', stage: name });
  signal?.throwIfAborted();
  const result = await work();
  emit({ type: 'stage-finished', stage: name, seconds: (performance.now() - start) / 1000 });
  return result;
}
