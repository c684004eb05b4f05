import fc from 'fast-check';
import { arbitraryBatch, arbitrarySchema, seededRandom } from '@riffle/testkit';
import type { RecordBatch } from 'apache-arrow';
import type { Selection } from '../src/selection.ts';

/** Several batches of one schema and rows chosen among them: some missing, some more than once, in any order. */
export interface Sources {
  readonly batches: readonly RecordBatch[];
  readonly picks: readonly { readonly which: number; readonly row: number }[];
}

export const anySources: fc.Arbitrary<Sources> = fc
  .tuple(arbitrarySchema(2), fc.integer({ min: 1, max: 3 }), fc.nat(40), fc.integer())
  .chain(([schema, count, picked, seed]) =>
    fc.array(arbitraryBatch(schema, { maximumRows: 30 }), { minLength: count, maxLength: count }).map((batches) => {
      const random = seededRandom(seed);
      const full = batches.flatMap((batch, which) => (batch.numRows > 0 ? [which] : []));
      const picks = Array.from({ length: full.length === 0 ? 0 : picked }, () => {
        const which = random.pick(full);
        return { which, row: random.below(batches[which]!.numRows) };
      });
      return { batches, picks };
    }),
  );

export function selectionOf(picks: Sources['picks']): Selection {
  return { which: Uint32Array.from(picks, (pick) => pick.which), rows: Uint32Array.from(picks, (pick) => pick.row) };
}
