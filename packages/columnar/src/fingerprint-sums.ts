/** Additions of 32-bit lanes that a double holds exactly: 2^20 < 2^53 / 2^32. */
const additionsBeforeCarry = 2 ** 20;

/** Sums of fingerprints mod 2^128, one per index (an output shard, an input shard). Order of addition does not matter. */
export interface FingerprintSums {
  /** Adds the fingerprint at `fingerprints[4 * row]`. */
  add(index: number, fingerprints: Uint32Array, row: number): void;
  /** Adds the first `rows` fingerprints of `fingerprints`. */
  addAll(index: number, fingerprints: Uint32Array, rows: number): void;
  /** The sums as four 32-bit words each, least significant first. A copy. */
  words(): Uint32Array;
}

export function createFingerprintSums(count: number): FingerprintSums {
  const lanes = new Float64Array(4 * count);
  let additions = 0;
  const carry = () => {
    for (let index = 0; index < count; index++) {
      let over = 0;
      for (let lane = 4 * index; lane < 4 * index + 4; lane++) {
        const value = lanes[lane]! + over;
        over = Math.floor(value / 2 ** 32);
        lanes[lane] = value - over * 2 ** 32;
      }
    }
    additions = 0;
  };
  return {
    add(index, fingerprints, row) {
      const lane = 4 * index;
      const word = 4 * row;
      lanes[lane]! += fingerprints[word]!;
      lanes[lane + 1]! += fingerprints[word + 1]!;
      lanes[lane + 2]! += fingerprints[word + 2]!;
      lanes[lane + 3]! += fingerprints[word + 3]!;
      if (++additions >= additionsBeforeCarry) carry();
    },
    addAll(index, fingerprints, rows) {
      for (let from = 0; from < rows; from += additionsBeforeCarry) {
        const to = Math.min(rows, from + additionsBeforeCarry);
        if (additions + to - from > additionsBeforeCarry) carry();
        additions += to - from;
        let [first, second, third, fourth] = [0, 0, 0, 0];
        for (let word = 4 * from; word < 4 * to; word += 4) {
          first += fingerprints[word]!;
          second += fingerprints[word + 1]!;
          third += fingerprints[word + 2]!;
          fourth += fingerprints[word + 3]!;
        }
        lanes[4 * index]! += first;
        lanes[4 * index + 1]! += second;
        lanes[4 * index + 2]! += third;
        lanes[4 * index + 3]! += fourth;
      }
    },
    words() {
      carry();
      return Uint32Array.from(lanes);
    },
  };
}

/** Sum `index` of {@link FingerprintSums.words} as 32 lower-case hexadecimal digits, most significant first. */
export function fingerprintHex(words: Uint32Array, index = 0): string {
  return [3, 2, 1, 0].map((lane) => words[4 * index + lane]!.toString(16).padStart(8, '0')).join('');
}
