import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { areRequired, ENVIRONMENTS, placesOf, whatIsMissing } from '../src/environments.mjs';
import { askPython } from '../src/run-python.mjs';

it('the consumers are there, where they are required', () => {
  expect(areRequired({ RIFFLE_CONSUMERS: 'required' })).toBe(true);
  expect(areRequired({})).toBe(false);
  if (areRequired()) expect(whatIsMissing()).toBeUndefined();
});

it.each(ENVIRONMENTS)('%s is pinned to versions and hashes', (name) => {
  const text = readFileSync(placesOf(name).requirements, 'utf8');
  const entries = text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  expect(entries.length).toBeGreaterThan(name.startsWith('datasets') ? 30 : 4);
  expect(
    entries.filter((entry) => !/^[a-z0-9._-]+(\[[a-z,]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}/.test(entry)),
  ).toEqual([]);
});

describeConsumers('the permutation in Python', (scratch) => {
  it.each([
    [5, '42', [1, 3, 2, 0, 4]],
    [10, '42', [1, 9, 6, 8, 2]],
    [1000, '42', [837, 79, 482, 649, 385]],
  ])('puts %i rows where the reference says', async (rows, seed, first) => {
    const code = `import sys, json; sys.path.insert(0, sys.argv[1]); from perm_v1 import positions; print(json.dumps(positions(${rows}, "${seed}")))`;
    const folder = new URL('../python', import.meta.url).pathname;
    const found = await askPython('datasets-5', ['-c', code, folder], { scratch });
    expect(found.slice(0, 5)).toEqual(first);
    expect(new Set(found).size).toBe(rows);
  });
});
