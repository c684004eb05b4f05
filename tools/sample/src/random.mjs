import { createHash } from 'node:crypto';

/**
 * A stream of random numbers that depends on the seed alone (mulberry32, seeded from a sha256 so that
 * similar seeds give unrelated streams). `Math.random` cannot be seeded.
 *
 * @typedef {object} Random
 * @property {(limit: number) => number} below An integer from 0 up to, not including, `limit`.
 * @property {<T>(choices: readonly T[]) => T} pick One of the choices; throws on an empty list.
 */

/**
 * @param {string} seed
 * @returns {Random}
 */
export function createRandom(seed) {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);

  const nextUint32 = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };

  /** @param {number} limit */
  const below = (limit) => Math.floor((nextUint32() / 2 ** 32) * limit);

  return {
    below,
    pick(choices) {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new Error('There is nothing to pick from.');
      return choice;
    },
  };
}
