import { createHash } from 'node:crypto';
import type { JsonValue, Recipe, Survey } from '@riffle/core';
import { canonicalJson } from '@riffle/core';
import { riffleVersion } from '../publishing/riffle-version.ts';
import { compareUtf8 } from '../survey/find-files.ts';
import type { JobIdentity } from './journal-records.ts';

/** What of a recipe the result depends on. All else, such as memory, workers or places, may change from try to try. */
function contentOf(recipe: Recipe): Record<string, JsonValue> {
  const { shards, seed, compression, rowGroupBytes, profile, schema, columns, onBadShard, verify, limits, plugins } =
    recipe;
  const collections = recipe.collections.map(({ name, expect }) => ({ name, expect }));
  const content = {
    collections,
    shards,
    seed,
    compression,
    rowGroupBytes,
    schema,
    columns,
    profile,
    onBadShard,
    verify,
    limits,
    plugins,
  };
  // Through JSON, as it will come back from the journal: without what is undefined.
  return JSON.parse(JSON.stringify(content)) as Record<string, JsonValue>;
}

/** What this job is made of. The survey is the one before any loss that decoding brings to light. */
export function jobIdentity(recipe: Recipe, survey: Survey): JobIdentity {
  return {
    riffleVersion,
    recipe: contentOf(recipe),
    collections: survey.collections.map(({ name, shards, lost }) => ({
      name,
      files: shards
        .flatMap((shard) => shard.files)
        .map(({ path, size, version }): [string, number, string] => [path, size, version ?? ''])
        .sort(([one], [other]) => compareUtf8(one, other)),
      lost: lost.map(({ path }) => path),
    })),
  };
}

/**
 * sha256 of an identity without the files' versions, so that it holds for a copy of the inputs as well: 64 lower-case
 * hexadecimal digits. Stands in the manifest, outside its digest.
 */
export function identityDigest({ collections, ...identity }: JobIdentity): string {
  const withoutVersions = collections.map(({ files, ...collection }) => ({
    ...collection,
    files: files.map(([path, size]) => [path, size]),
  }));
  return createHash('sha256')
    .update(canonicalJson({ ...identity, collections: withoutVersions }))
    .digest('hex');
}
