import { expect, test } from 'vitest';
import { CODEBOOK_SIZE, codesOf } from '../src/codes.mjs';

const RATE = 16_000;

/** @param {number} frequency @param {number} amplitude */
const tone = (frequency, amplitude) =>
  Int16Array.from({ length: RATE }, (_, index) =>
    Math.round(Math.sin((index / RATE) * frequency * 2 * Math.PI) * amplitude),
  );

test('there is one token for every complete 20 ms', () => {
  expect(codesOf(new Int16Array(RATE), RATE)).toHaveLength(50);
  expect(codesOf(new Int16Array(319), RATE)).toHaveLength(0);
  expect(codesOf(new Int16Array(640), RATE)).toHaveLength(2);
});

test('silence is token 0, and the loudest noise stays inside the codebook', () => {
  expect([...codesOf(new Int16Array(320), RATE)]).toEqual([0]);
  const noise = Int16Array.from({ length: 320 }, (_, index) => (index % 2 === 0 ? 32_767 : -32_768));
  const [code] = codesOf(noise, RATE);
  expect(code).toBeGreaterThan(900);
  expect(code).toBeLessThan(CODEBOOK_SIZE);
});

test('louder and brighter sounds have other tokens', () => {
  const soft = codesOf(tone(200, 500), RATE);
  const loud = codesOf(tone(200, 8000), RATE);
  const bright = codesOf(tone(2000, 500), RATE);
  expect(loud[10]).toBe(Number(soft[10]) + 8 * 32);
  expect(Number(bright[10]) % 32).toBeGreaterThan(Number(soft[10]) % 32);
  expect(Math.floor(Number(bright[10]) / 32)).toBe(Math.floor(Number(soft[10]) / 32));
});
