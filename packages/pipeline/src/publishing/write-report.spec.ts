import type { Manifest } from '@riffle/core';
import { createMemoryStorage } from '@riffle/testkit';
import { expect, it } from 'vitest';
import { tryWriteReport } from './write-report.ts';

const contextOf = (storage: ReturnType<typeof createMemoryStorage>, signal?: AbortSignal) => {
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  return { warnings, context: { plugins: { storage } as never, signal, warn } };
};

it('does not keep who has stopped the job waiting', async () => {
  const storage = createMemoryStorage();
  const { context, warnings } = contextOf(storage, AbortSignal.abort());
  await tryWriteReport(context, '/out', {} as Manifest);
  expect([...storage.files.keys()]).toEqual([]);
  expect(warnings).toEqual([]);
});

it('makes a warning of whatever goes wrong', async () => {
  const { context, warnings } = contextOf(createMemoryStorage());
  await tryWriteReport(context, '/out', {} as Manifest);
  expect(warnings).toEqual([expect.stringMatching(/result is published.*riffle report/)]);
});
