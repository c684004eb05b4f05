import type { DamagedFile, SurveyedFile, SurveyedShard } from '@riffle/core';

function withoutFragmentsOfFile(file: SurveyedFile, left: ReadonlySet<number>): SurveyedFile {
  const fragments = file.fragments.map((fragment, index) =>
    left.has(index) ? { ...fragment, lost: true as const } : fragment,
  );
  const rows = fragments.reduce((sum, fragment) => sum + (fragment.lost === true ? 0 : fragment.rows), 0);
  return { ...file, fragments, rows };
}

/**
 * A shard as it is read when these fragments are left out. Fragments keep their numbers; a damaged file that gives no more rows
 * is no part of the shard any longer, so that it has no say in the schema either.
 */
export function withoutFragments(shard: SurveyedShard, damage: readonly DamagedFile[]): SurveyedShard {
  const byPath = new Map(damage.map(({ path, fragments }) => [path, new Set(fragments)]));
  const files = shard.files.flatMap((file) => {
    const left = byPath.get(file.path);
    if (left === undefined) return [file];
    const rest = withoutFragmentsOfFile(file, left);
    return rest.rows === 0 ? [] : [rest];
  });
  return { ...shard, files, rows: files.reduce((sum, file) => sum + file.rows, 0) };
}
