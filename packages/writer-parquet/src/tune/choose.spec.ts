import { describe, expect, it } from 'vitest';
import type { Candidate } from './candidates.ts';
import { chooseEncodings, type LeafChoices } from './choose.ts';

const plain = (bytes: number, cost: number): Candidate => ({ encoding: 'PLAIN', compressed: false, bytes, cost });
const packed = (bytes: number, cost: number): Candidate => ({ encoding: 'PLAIN', compressed: true, bytes, cost });
const delta = (bytes: number, cost: number): Candidate => ({
  encoding: 'DELTA_BINARY_PACKED',
  compressed: false,
  bytes,
  cost,
});
const leaf = (sourceBytes: number | undefined, ...candidates: Candidate[]): LeafChoices => ({
  candidates,
  sourceBytes,
});
const bytesOf = (chosen: readonly Candidate[]): number[] => chosen.map(({ bytes }) => bytes);

describe('balanced', () => {
  it('takes the cheapest within 1.145 times the source', () => {
    expect(bytesOf(chooseEncodings([leaf(100, plain(300, 1), delta(114, 2), packed(100, 9))], 'balanced'))).toEqual([
      114,
    ]);
    expect(bytesOf(chooseEncodings([leaf(100, plain(300, 1), delta(115, 2), packed(100, 9))], 'balanced'))).toEqual([
      100,
    ]);
  });

  it('is not led by a source that was stored carelessly', () => {
    const choices = [plain(300, 1), delta(114, 2), packed(100, 9)];
    expect(bytesOf(chooseEncodings([leaf(300, ...choices)], 'balanced'))).toEqual([114]);
    expect(bytesOf(chooseEncodings([leaf(undefined, ...choices)], 'balanced'))).toEqual([114]);
  });

  it('takes what is within 1 % of the best where nothing reaches the source', () => {
    expect(bytesOf(chooseEncodings([leaf(10, plain(300, 1), delta(101, 2), packed(100, 9))], 'balanced'))).toEqual([
      101,
    ]);
  });

  it('lets other leaves make up for one that cannot be as small, where a byte costs least', () => {
    const lost = leaf(100, plain(200, 1));
    const roomy = leaf(1000, plain(1120, 1), delta(1000, 2));
    const dear = leaf(1000, plain(1120, 1), packed(1000, 50));
    expect(bytesOf(chooseEncodings([roomy, dear], 'balanced'))).toEqual([1120, 1120]);
    expect(bytesOf(chooseEncodings([lost, roomy, dear], 'balanced'))).toEqual([200, 1000, 1120]);
    expect(bytesOf(chooseEncodings([lost, lost, roomy, dear], 'balanced'))).toEqual([200, 200, 1000, 1000]);
    const hopeless = leaf(10, plain(2000, 1));
    expect(bytesOf(chooseEncodings([hopeless, roomy, dear], 'balanced'))).toEqual([2000, 1120, 1120]);
  });
});

describe('the others', () => {
  it('smallest takes the smallest, and of those as small the cheapest', () => {
    expect(bytesOf(chooseEncodings([leaf(500, plain(300, 1), packed(100, 9), delta(100.05, 2))], 'smallest'))).toEqual([
      100.05,
    ]);
  });

  it('fastest takes the cheapest, and of those as cheap a small one', () => {
    expect(bytesOf(chooseEncodings([leaf(100, plain(300, 10), delta(114, 10.5), packed(100, 90))], 'fastest'))).toEqual(
      [114],
    );
    expect(bytesOf(chooseEncodings([leaf(100, plain(120, 10), delta(114, 10.5))], 'fastest'))).toEqual([120]);
  });
});
