import type { CollectionLosses, CollectionReport, LossesOfKind, LossKind, LostShard } from '@riffle/core';
import { groupBy } from './group-by.ts';
import { percentLost } from './percent-lost.ts';

type Lost = Pick<LostShard, 'collection' | 'kind' | 'rows' | 'rowsKept'>;

function knownRows(lost: readonly Lost[]): number {
  return lost.reduce((sum, { rows }) => sum + (rows ?? 0), 0);
}

/** Most shards first, kinds with as many by name, so that the order is always the same. */
function byKind(lost: readonly Lost[]): readonly LossesOfKind[] {
  const kinds = [...groupBy(lost, ({ kind }): LossKind => kind)].map(([kind, own]) => ({
    kind,
    shards: own.length,
    rows: knownRows(own),
  }));
  return kinds.toSorted((one, other) => other.shards - one.shards || (one.kind < other.kind ? -1 : 1));
}

/** What every collection lost that lost something, in their order. */
export function collectionLosses(
  collections: readonly CollectionReport[],
  lost: readonly Lost[],
): readonly CollectionLosses[] {
  const byCollection = groupBy(lost, ({ collection }) => collection);
  return collections.flatMap(({ name, loaded, missing, failed, empty, rows: kept }) => {
    const own = byCollection.get(name) ?? [];
    if (own.length === 0) return [];
    const shards = missing + failed + empty;
    const rows = knownRows(own);
    const ofShards = loaded + shards;
    const ofRows = kept + rows;
    const percent = percentLost(own, { ofShards, ofRows });
    const salvaged = own.length - shards;
    return [{ collection: name, shards, salvaged, ofShards, rows, ofRows, percent, kinds: byKind(own) }];
  });
}
