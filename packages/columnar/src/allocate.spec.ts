import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArena } from './allocate.ts';

const sizes = fc.array(fc.nat(3000), { maxLength: 30 });

describe('an arena', () => {
  it('gives buffers of the size asked for, from 8-byte boundaries on, that do not overlap', () => {
    const arena = createArena(1024);
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 3 }), (rounds) => {
        for (const round of rounds) {
          arena.reset();
          const buffers = round.map((size, index) => arena.allocate(size).fill(index));
          expect(buffers.map((buffer) => buffer.length)).toEqual(round);
          expect(buffers.filter((buffer) => buffer.byteOffset % 8 !== 0)).toEqual([]);
          expect(buffers.filter((buffer, index) => buffer.some((byte) => byte !== index))).toEqual([]);
        }
      }),
    );
  });

  it('takes no more memory for the same again', () => {
    const arena = createArena(1024);
    const round = () => {
      arena.reset();
      for (const size of [10, 2000, 700, 700, 5000, 1]) arena.allocate(size);
      return arena.heldBytes();
    };
    const held = round();
    expect([round(), round(), round()]).toEqual([held, held, held]);
  });

  it('lets go what the rounds since the reset before last did not use', () => {
    const arena = createArena(1024);
    arena.allocate(100);
    arena.allocate(1_000_000);
    arena.reset();
    arena.allocate(100);
    expect(arena.heldBytes()).toBeGreaterThan(1_000_000);
    arena.reset();
    arena.allocate(100);
    expect(arena.heldBytes()).toBe(1024);
  });
});
