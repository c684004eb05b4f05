import { judgePermutation, type Certificate } from '@riffle/certificate';
import { createPermutation } from '@riffle/shuffler';

const rows = 24_000;
const blockRows = 500;

/** A certificate of 24,000 rows of three collections: shuffled by perm-v1, or only within blocks of 500; or one of too few rows. */
export function certificateOf(kind: 'shuffled' | 'blocks' | 'few'): Certificate {
  const own = kind === 'few' ? 400 : rows;
  const whole = createPermutation(own, '42');
  const block = createPermutation(blockRows, '42');
  const sourceOf = (position: number) =>
    kind === 'blocks'
      ? position - (position % blockRows) + block.sourceOf(position % blockRows)
      : whole.sourceOf(position);
  const part = own / 4;
  const collections = [
    { name: 'a', rows: part },
    { name: 'b', rows: part },
    { name: 'c', rows: 2 * part },
  ];
  return judgePermutation({ rows: own, shards: [own / 2, own / 2], collections, sourceOf });
}
