import type { DamagedFile, LostShard, SurveyedFile, SurveyedShard } from '@riffle/core';
import { compareUtf8 } from './find-files.ts';
import { groupBy } from './group-by.ts';
import { judgeFailed, judgeSalvaged } from './judge-damage.ts';
import { chooseTwins, type ChosenFiles, type TwinCandidate } from './twins.ts';

/** What a survey found in one collection. */
interface FoundInCollection {
  readonly collection: string;
  /** Files with readable metadata, in plan order. */
  readonly good: readonly TwinCandidate[];
  /** Files without, by shard. */
  readonly damaged: ReadonlyMap<string, readonly DamagedFile[]>;
  /** Whether what can be read of a damaged shard is kept. */
  readonly salvage: boolean;
}

interface JudgedShards extends Pick<ChosenFiles, 'twins'> {
  /** By path. */
  readonly shards: readonly SurveyedShard[];
  /** One for every damaged shard, by path. */
  readonly verdicts: readonly LostShard[];
}

export function rowsOf(files: readonly SurveyedFile[]): number {
  return files.reduce((sum, file) => sum + file.rows, 0);
}

/** The files of a dropped shard that are read under no other path either, each once. */
function unreadFiles(candidates: readonly TwinCandidate[], read: ReadonlySet<string>): readonly SurveyedFile[] {
  const byIdentity = new Map(candidates.map(({ identity, file }) => [identity, file]));
  return [...byIdentity].filter(([identity]) => !read.has(identity)).map(([, file]) => file);
}

/** Sorts the shards of a collection into those that are read and those that are lost, wholly or in part. */
export function judgeShards({ collection, good, damaged, salvage }: FoundInCollection): JudgedShards {
  const candidates = groupBy(good, ({ shard }) => shard);
  const filesOf = (shard: string) => (candidates.get(shard) ?? []).map(({ file }) => file);
  const dropped = new Set([...damaged.keys()].filter((shard) => !salvage || rowsOf(filesOf(shard)) === 0));
  const chosen = chooseTwins(good, (shard) => dropped.has(shard));
  const files = new Set([...chosen.shards.values()].flat());
  const read = new Set(good.filter(({ file }) => files.has(file)).map(({ identity }) => identity));
  const verdicts = [...damaged].map(([path, damage]) =>
    dropped.has(path)
      ? judgeFailed({ collection, path, rowsLeft: rowsOf(unreadFiles(candidates.get(path) ?? [], read)), damage })
      : judgeSalvaged({ collection, path, rowsLeft: rowsOf(chosen.shards.get(path) ?? []), damage }),
  );
  const failed = new Set(verdicts.filter(({ status }) => status === 'failed').map(({ path }) => path));
  const shards = [...chosen.shards]
    .filter(([path]) => !failed.has(path))
    .map(([path, own]) => ({ path, files: own, rows: rowsOf(own) }));
  return {
    shards: shards.toSorted((one, other) => compareUtf8(one.path, other.path)),
    verdicts: verdicts.toSorted((one, other) => compareUtf8(one.path, other.path)),
    twins: chosen.twins,
  };
}
