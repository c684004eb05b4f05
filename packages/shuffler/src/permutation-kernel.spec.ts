import fc from 'fast-check';
import { expect, it } from 'vitest';
import { forwardBlock, largestFactor } from './forward-block.ts';
import { permutationKernel, smallestFactor } from './permutation-kernel.ts';

it('gives what the same rounds in JavaScript give, for all factors', () => {
  const factor = fc.oneof(
    fc.integer({ min: smallestFactor, max: largestFactor }),
    fc.constantFrom(smallestFactor, smallestFactor + 1, 255, 256, 257, largestFactor - 1, largestFactor),
  );
  const seeds = fc.array(fc.integer(), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(
      factor,
      factor,
      seeds,
      fc.boolean(),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 1, max: 5000 }),
      (a, b, words, twice, share, length) => {
        const rounds = Int32Array.from(twice ? [...words, ...words] : words);
        const start = Math.floor(share * a * b);
        const count = Math.min(length, a * b - start);
        const [expected, found] = [new Float64Array(count), new Float64Array(count)];
        forwardBlock(start, expected, a, b, rounds);
        permutationKernel()!.forward(start, found, a, b, rounds);
        expect(Buffer.compare(Buffer.from(found.buffer), Buffer.from(expected.buffer))).toBe(0);
      },
    ),
    { numRuns: 500 },
  );
});
