import type { SurveyedFile, SurveyedTwin } from '@riffle/core';
import { compareUtf8 } from './find-files.ts';

/** A readable file, as one of perhaps several paths to it. */
export interface TwinCandidate {
  readonly shard: string;
  readonly identity: string;
  readonly file: SurveyedFile;
}

/** Files that are read, by shard, and the other paths to them. */
export interface ChosenFiles {
  readonly shards: ReadonlyMap<string, readonly SurveyedFile[]>;
  readonly twins: readonly SurveyedTwin[];
}

/**
 * Reads every file of a collection once, however many links lead to it: under the first path in plan order whose shard is good,
 * as if the other paths were not there. `candidates` are in plan order. Size and version must agree too, for file systems whose
 * identities do not tell files apart.
 */
export function chooseTwins(candidates: readonly TwinCandidate[], failed: (shard: string) => boolean): ChosenFiles {
  const shards = new Map<string, SurveyedFile[]>();
  const twins: SurveyedTwin[] = [];
  const paths = new Map<string, string>();
  for (const { shard, identity, file } of candidates) {
    if (failed(shard)) continue;
    const key = `${identity}/${file.size}/${file.version ?? ''}`;
    const of = paths.get(key);
    if (of !== undefined) {
      twins.push({ shard, file, of });
      continue;
    }
    paths.set(key, file.path);
    const files = shards.get(shard) ?? [];
    files.push(file);
    shards.set(shard, files);
  }
  return { shards, twins };
}

/** The same once more shards are gone: what was read under a path of theirs is read under the next one, if there is any. */
export function chooseAgain(
  shards: ReadonlyMap<string, readonly SurveyedFile[]>,
  twins: readonly SurveyedTwin[],
  gone: (shard: string) => boolean,
): ChosenFiles {
  const read = [...shards].flatMap(([shard, files]) => files.map((file) => ({ shard, identity: file.path, file })));
  const others = twins.map(({ shard, file, of }) => ({ shard, identity: of, file }));
  // The file that was read stays first among its twins: `sort` keeps the order of equals.
  const candidates = [...read, ...others].sort((one, other) => compareUtf8(one.file.path, other.file.path));
  return chooseTwins(candidates, gone);
}
