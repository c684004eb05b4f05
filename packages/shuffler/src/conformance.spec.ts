import { describeShuffler } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import createShuffler from './index.ts';

// The vectors of the specification of perm-v1.
const vectors = [
  { rows: 5, seed: '42', positions: { 0: 1, 1: 3, 2: 2, 3: 0, 4: 4 } },
  { rows: 10, seed: '42', positions: { 0: 1, 1: 9, 2: 6, 3: 8, 4: 2, 9: 4 } },
  { rows: 1000, seed: '42', positions: { 0: 837, 1: 79, 2: 482, 3: 649, 4: 385, 999: 873 } },
  {
    rows: 1_000_003,
    seed: '42',
    positions: { 0: 491_344, 1: 935_771, 2: 192_910, 3: 80_691, 4: 796_493, 1_000_002: 762_339 },
  },
  {
    rows: 1_048_576,
    seed: '7',
    positions: { 0: 569_933, 1: 267_911, 2: 121_014, 3: 679_688, 4: 696_426, 1_048_575: 623_371 },
  },
  {
    rows: 10_000_000,
    seed: '42',
    positions: { 0: 3_346_863, 1: 2_454_971, 2: 2_204_783, 3: 1_637_867, 4: 3_352_791, 9_999_999: 9_829_082 },
  },
  {
    rows: 4_294_967_311,
    seed: '42',
    positions: {
      0: 1_605_271_265,
      1: 3_668_081_516,
      2: 1_812_172_167,
      3: 987_916_213,
      4: 3_715_351_913,
      4_294_967_310: 240_779_441,
    },
  },
];

describeShuffler({ describe, it, expect }, { makeShuffler: () => createShuffler(), vectors });
