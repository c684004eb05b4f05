import { expect, it } from 'vitest';
import { createBytesMemo } from './bytes-memo.ts';

it('makes what it has not made of the same bytes lately', () => {
  const memo = createBytesMemo<number>();
  let made = 0;
  const get = (...bytes: number[]) => memo.get(Uint8Array.from(bytes), () => ++made);
  expect([get(1), get(1, 2), get(1), get(1, 2), get(2)]).toEqual([1, 2, 1, 2, 3]);
  for (let schema = 10; schema < 16; schema++) get(schema);
  // The one asked for longest ago has gone.
  expect(get(2)).toBe(3);
  expect(get(1, 2)).toBe(2);
  expect(get(1)).toBe(made);
});

it('keeps nothing that could not be made, and nothing large', () => {
  const memo = createBytesMemo<string>();
  const bytes = new Uint8Array(2 ** 20 + 1);
  expect(() =>
    memo.get(bytes.subarray(1), () => {
      throw new Error('damaged');
    }),
  ).toThrow('damaged');
  expect(memo.get(bytes.subarray(1), () => 'sound')).toBe('sound');
  expect([memo.get(bytes, () => 'one'), memo.get(bytes, () => 'other')]).toEqual(['one', 'other']);
});
