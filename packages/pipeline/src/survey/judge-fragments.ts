import { lossKindOf, type DamagedFile, type ErrorEnvelope, type LostShard, type Survey } from '@riffle/core';
import { groupBy } from './group-by.ts';
import { judgeFailed, judgeSalvaged } from './judge-damage.ts';
import type { PlacedFile } from './plan-order.ts';

/** A fragment whose content turned out bad while it was decoded. */
export interface BadFragment {
  /** Number of its input shard. */
  readonly shard: number;
  readonly location: string;
  readonly fragment: number;
  readonly error: ErrorEnvelope;
}

function damageOf({ file }: PlacedFile, bad: readonly BadFragment[]): DamagedFile {
  const fragments = bad.map(({ fragment }) => fragment).toSorted((one, other) => one - other);
  const { error } = bad.find(({ fragment }) => fragment === fragments[0])!;
  return {
    path: file.path,
    code: error.code ?? 'BAD_CONTENT',
    kind: lossKindOf(error.code ?? 'BAD_CONTENT', error.details),
    reason: error.message,
    fragments,
    rows: fragments.reduce((sum, fragment) => sum + file.fragments[fragment]!.rows, 0),
  };
}

/** Several verdicts on one file are one: what was left out before stays left out. */
function mergeDamage(damage: readonly DamagedFile[]): readonly DamagedFile[] {
  const byPath = new Map<string, DamagedFile>();
  for (const one of damage) {
    const before = byPath.get(one.path);
    byPath.set(
      one.path,
      before?.fragments === undefined || one.fragments === undefined
        ? (before ?? one)
        : {
            ...before,
            fragments: [...before.fragments, ...one.fragments].toSorted((left, right) => left - right),
            rows: (before.rows ?? 0) + (one.rows ?? 0),
          },
    );
  }
  return [...byPath.values()];
}

/**
 * What becomes of the shards in which scatter met bad fragments, in plan order. `bad` is in plan order, and has at least the
 * first of every shard, or all if they are to be salvaged: a verdict must not depend on who found it first.
 */
export function judgeFragments(
  survey: Survey,
  files: readonly PlacedFile[],
  bad: readonly BadFragment[],
  salvage: boolean,
): readonly LostShard[] {
  const filesOf = groupBy(files, ({ shard }) => shard);
  return [...groupBy(bad, ({ shard }) => shard)].map(([shard, own]) => {
    const fileAt = (location: string) => filesOf.get(shard)!.find(({ file }) => file.location === location)!;
    const first = fileAt(own[0]!.location);
    const collection = survey.collections[first.collection]!;
    const { path, rows } = collection.shards.find(({ files: candidates }) => candidates.includes(first.file))!;
    const found = [...groupBy(own, ({ location }) => location)].map(([location, fragments]) =>
      damageOf(fileAt(location), fragments),
    );
    const rowsLeft = rows - found.reduce((sum, damage) => sum + damage.rows!, 0);
    if (!salvage) return judgeFailed({ collection: collection.name, path, rowsLeft, damage: found });
    const before = collection.lost.find((lost) => lost.path === path)?.damage ?? [];
    return judgeSalvaged({ collection: collection.name, path, rowsLeft, damage: mergeDamage([...before, ...found]) });
  });
}
