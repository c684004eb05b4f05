import type { RiffleEvent, Storage } from '@riffle/core';
import { createMemoryStorage } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { openEventLog } from './event-log.ts';

const started: RiffleEvent = { type: 'stage-started', stage: 'survey' };
const linesOf = (bytes: Uint8Array | undefined) =>
  new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the event log', () => {
  it('is one JSON object a line, in order, each with its time', async () => {
    const storage = createMemoryStorage();
    const log = await openEventLog(storage, '/out/.riffle');
    log.record(started);
    log.record({ type: 'warning', message: 'two\nlines' });
    await log.close();
    expect(linesOf(storage.files.get('/out/.riffle/log.jsonl'))).toEqual([
      { time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), ...started },
      { time: expect.any(String), type: 'warning', message: 'two\nlines' },
    ]);
  });

  it('ends with the failure', async () => {
    const storage = createMemoryStorage();
    const log = await openEventLog(storage, '/out/.riffle');
    log.record(started);
    log.fail(Object.assign(new Error('it broke'), { code: 'INTERNAL' }));
    await log.close();
    expect(linesOf(storage.files.get('/out/.riffle/log.jsonl')).at(-1)).toMatchObject({
      type: 'failed',
      message: 'it broke',
      code: 'INTERNAL',
    });
  });

  it('starts anew over an old log', async () => {
    const storage = createMemoryStorage({ '/out/.riffle/log.jsonl': new TextEncoder().encode('old') });
    const log = await openEventLog(storage, '/out/.riffle');
    log.record(started);
    await log.close();
    expect(linesOf(storage.files.get('/out/.riffle/log.jsonl'))).toHaveLength(1);
  });

  it('that cannot be written does not fail the job', async () => {
    const memory = createMemoryStorage();
    const storage: Storage = {
      ...memory,
      create: async (...values) => ({
        ...(await memory.create(...values)),
        write: () => Promise.reject(new Error('full')),
      }),
    };
    const log = await openEventLog(storage, '/out/.riffle');
    log.record(started);
    await expect(log.close()).resolves.toBeUndefined();
  });
});
