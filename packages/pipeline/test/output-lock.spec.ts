import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const racer = fileURLToPath(new URL('support/lock-racer.mjs', import.meta.url));
const gone = { run: 'old', pid: spawnSync('true').pid, host: hostname(), startedAt: '2026-01-01T00:00:00.000Z' };
let racers: readonly ChildProcess[];

beforeAll(async () => {
  racers = Array.from({ length: 10 }, () => fork(racer, { execArgv: [] }));
  await Promise.all(racers.map((one) => once(one, 'message')));
});
afterAll(() => {
  for (const one of racers) one.disconnect();
});

async function tell(message: (racer: number) => object): Promise<readonly { readonly code?: string }[]> {
  return Promise.all(
    racers.map(async (one, index) => {
      const answer = once(one, 'message');
      one.send(message(index));
      return ((await answer) as [{ readonly code?: string }])[0];
    }),
  );
}

describe('ten processes at once', () => {
  it.each<[string, number, Readonly<Record<string, string>>]>([
    ['a free folder', 20, {}],
    ['a stale lock', 40, { lock: JSON.stringify(gone) }],
    [
      'a stale lock, and a crash while it was taken over',
      20,
      { lock: JSON.stringify(gone), 'lock.2': JSON.stringify(gone) },
    ],
    ['a lock that a crash left empty', 2, { lock: '' }],
    ['what a crash left of a take-over', 10, { 'lock.3': JSON.stringify(gone) }],
  ])('%s: exactly one gets it, every time', async (name, rounds, left) => {
    for (let round = 0; round < rounds; round++) {
      const place = join(folder, name, String(round));
      mkdirSync(place, { recursive: true });
      for (const [file, text] of Object.entries(left)) writeFileSync(join(place, file), text);
      const answers = await tell((index) => ({ folder: place, run: `${round}-${index}` }));
      const codes = answers.map(({ code }) => String(code)).toSorted();
      expect([round, codes]).toEqual([round, [...Array.from({ length: 9 }, () => 'OUTPUT_LOCKED'), 'won']]);
      expect(readdirSync(place)).toEqual(['lock']);
      await tell(() => ({}));
      expect(readdirSync(place)).toEqual([]);
    }
  });
});
