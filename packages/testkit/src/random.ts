/** A small seeded source of numbers, so that made data are the same on every machine. Not for cryptography. */
export interface Random {
  /** A whole number in 0 … 2^32 − 1. */
  uint32(): number;
  /** A whole number in 0 … bound − 1; bound up to 2^32. */
  below(bound: number): number;
  /** True with the given probability, 0 … 1. */
  chance(probability: number): boolean;
  /** 64 random bits. */
  uint64(): bigint;
  pick<Item>(items: readonly Item[]): Item;
}

/** The generator "mulberry32" by Tommy Ettinger: 32 bits of state, enough for test data. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const uint32 = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => Math.floor((uint32() / 2 ** 32) * bound);
  return {
    uint32,
    below,
    chance: (probability) => uint32() / 2 ** 32 < probability,
    uint64: () => (BigInt(uint32()) << 32n) | BigInt(uint32()),
    pick: (items) => items[below(items.length)]!,
  };
}
