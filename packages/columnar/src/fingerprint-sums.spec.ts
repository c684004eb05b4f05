import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFingerprintSums, fingerprintHex } from './fingerprint-sums.ts';

const fingerprint = fc.uint32Array({ minLength: 4, maxLength: 4 });
const numberOf = (words: Uint32Array, index = 0) =>
  [3, 2, 1, 0].reduce((value, lane) => (value << 32n) | BigInt(words[4 * index + lane]!), 0n);
const wrap = (value: bigint) => BigInt.asUintN(128, value);

describe('fingerprint sums', () => {
  it('are sums mod 2^128, one for each index, in any order of addition', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fingerprint), { maxLength: 40 }), (additions) => {
        const expected = [0n, 0n, 0n, 0n];
        for (const [index, words] of additions) expected[index] = wrap(expected[index]! + numberOf(words));
        for (const order of [additions, additions.toReversed()]) {
          const sums = createFingerprintSums(4);
          for (const [index, words] of order) sums.add(index, words, 0);
          const words = sums.words();
          expect(expected.map((_, index) => numberOf(words, index))).toEqual(expected);
          expect(expected.map((_, index) => fingerprintHex(words, index))).toEqual(
            expected.map((value) => value.toString(16).padStart(32, '0')),
          );
        }
      }),
    );
  });

  it('carry, and wrap at 2^128, over more additions than a lane can hold at once', () => {
    const sums = createFingerprintSums(2);
    const most = Uint32Array.of(0, 0, 0, 0, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff);
    const additions = 3 * 2 ** 20 + 5;
    for (let count = 0; count < additions; count++) sums.add(1, most, 1);
    expect(numberOf(sums.words(), 1)).toBe(wrap(BigInt(additions) * (2n ** 128n - 1n)));
    expect(numberOf(sums.words(), 0)).toBe(0n);
    // Asking must not change the sum.
    sums.add(1, most, 1);
    expect(numberOf(sums.words(), 1)).toBe(wrap(BigInt(additions + 1) * (2n ** 128n - 1n)));
  });

  it('take many at once as one by one, also between others', () => {
    const all = fc.uint32Array({ maxLength: 40 }).map((words) => words.subarray(0, words.length & ~3));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), all, fingerprint), { maxLength: 5 }), (additions) => {
        const [together, single] = [createFingerprintSums(2), createFingerprintSums(2)];
        for (const [index, many, one] of additions) {
          together.addAll(index, many, many.length / 4);
          together.add(index, one, 0);
          for (let row = 0; row < many.length / 4; row++) single.add(index, many, row);
          single.add(index, one, 0);
        }
        expect(together.words()).toEqual(single.words());
      }),
    );
  });

  it('carry over more at once than a lane can hold', () => {
    const rows = 2 ** 21 + 7;
    const many = new Uint32Array(4 * rows).fill(0xffffffff);
    const sums = createFingerprintSums(1);
    sums.add(0, many, 0);
    sums.addAll(0, many, rows);
    sums.addAll(0, many, 2 ** 20 - 3);
    sums.add(0, many, 0);
    expect(numberOf(sums.words())).toBe(wrap(BigInt(rows + 2 ** 20 - 1) * (2n ** 128n - 1n)));
  });

  it('are handed out as a copy', () => {
    const sums = createFingerprintSums(1);
    sums.words().fill(7);
    expect([...sums.words()]).toEqual([0, 0, 0, 0]);
  });
});
