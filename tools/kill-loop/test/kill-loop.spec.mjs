import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choosePoints } from '../src/choose-points.mjs';
import { faultKinds } from '../src/faults.mjs';
import { judgeBetween, judgeEnd, judgeError } from '../src/judge.mjs';
import { makeWorld } from '../src/make-world.mjs';
import { readOutput } from '../src/read-output.mjs';
import { renderPage } from '../src/render-page.mjs';
import { tryPoint } from '../src/try-point.mjs';

const folder = mkdtempSync(join(tmpdir(), 'riffle-kill-loop-test-'));
let made;
beforeAll(async () => {
  made = await makeWorld(folder, ['spill', 'overwrite'], 'resume');
}, 300_000);
afterAll(() => {
  made?.close();
  rmSync(folder, { recursive: true });
});

describe('a job that is disturbed', () => {
  it('ends with the bytes of an undisturbed one: a seeded sample of all points', async () => {
    const points = choosePoints(made.worlds, faultKinds, { seed: 20261122, sample: 12 });
    expect(new Set(points.map(({ kind }) => kind.name)).size).toBeGreaterThan(2);
    const tried = [];
    for (const point of points) tried.push(await tryPoint(point, made.worlds.get(point.variant)));
    expect(tried.flatMap(({ problems }) => problems)).toEqual([]);
    expect(tried.filter(({ first }) => first === 'killed').length).toBeGreaterThan(3);
    const page = renderPage(
      tried.map((one) => ({ ...one, point: { ...one.point, kind: one.point.kind.name } })),
      { points: 4000 },
    );
    expect(page).toContain('12 of 4000 points');
    expect(page).toContain('every one ended as promised');
  }, 600_000);

  it('may be started afresh instead', async () => {
    const world = { ...made.worlds.get('spill'), recovery: 'overwrite' };
    const kind = faultKinds.find(({ name }) => name === 'kill');
    const number = Math.floor(world.calls * 0.8);
    const tried = await tryPoint({ variant: 'spill', kind, number, seed: 1 }, world);
    expect(tried).toMatchObject({ first: 'killed', locked: true, problems: [] });
  }, 300_000);
});

describe('the judges', () => {
  const whole = {
    shards: { '00000.parquet': 'a', '00001.parquet': 'b' },
    digest: 'd',
    entries: ['.riffle', '.riffle/manifest.json', '00000.parquet', '00001.parquet'],
    spill: [],
  };

  it('see what must not be after a kill', () => {
    expect(judgeBetween({ ...whole, shards: { '00000.parquet': 'a' }, digest: undefined }, [whole])).toEqual([]);
    expect(judgeBetween({ ...whole, shards: { '00000.parquet': 'half' }, digest: undefined }, [whole])).toHaveLength(1);
    expect(judgeBetween({ ...whole, shards: { '00000.parquet': 'a' } }, [whole])).toHaveLength(1);
    expect(judgeBetween({ ...whole, digest: 'other' }, [whole])).toHaveLength(1);
  });

  it('see what must not be in the end', () => {
    expect(judgeEnd(whole, whole)).toEqual([]);
    expect(judgeEnd({ ...whole, shards: { ...whole.shards, '00001.parquet': 'x' } }, whole)).toHaveLength(1);
    expect(judgeEnd({ ...whole, shards: { '00000.parquet': 'a' } }, whole)).toHaveLength(1);
    expect(judgeEnd({ ...whole, digest: undefined }, whole)).toHaveLength(1);
    expect(judgeEnd({ ...whole, entries: [...whole.entries, '.riffle/run-x'] }, whole)).toHaveLength(1);
    expect(judgeEnd({ ...whole, spill: ['riffle-x'] }, whole)).toHaveLength(1);
  });

  it('want an error that can be acted on', () => {
    expect(judgeError({ code: 'STORAGE_FAILED', message: 'Cannot write /a: no space.' })).toEqual([]);
    expect(judgeError({ code: 'INTERNAL', message: 'Oh.' })).toHaveLength(1);
    expect(judgeError(undefined)).toHaveLength(1);
  });

  it('read what is in the folders', () => {
    const place = join(folder, 'undisturbed-spill');
    const before = readOutput(place);
    expect(Object.keys(before.shards)).toEqual(
      readdirSync(join(place, 'out')).filter((name) => name.endsWith('.parquet')),
    );
    appendFileSync(join(place, 'out', '00003.parquet'), 'x');
    writeFileSync(join(place, 'out', '.riffle', 'manifest.json'), '{');
    expect(judgeEnd(readOutput(place), before)).toHaveLength(2);
  });
});
