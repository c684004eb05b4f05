import type { InspectionProblem, Manifest, ResultHeadline, SurveyedFile } from '@riffle/core';

/** What a manifest says in short; its shape was checked as far as `verify` uses it. */
export function resultHeadline({ riffleVersion, digest, plan, receipt, run }: Manifest): ResultHeadline {
  const { rows, shards, seed, shuffler } = plan;
  const finishedAt: unknown = run.finishedAt;
  return {
    riffleVersion,
    rows,
    shards,
    seed,
    shuffler,
    collections: receipt.collections.map((collection) => ({ name: collection.name, rows: collection.rows })),
    lost: receipt.lost.length,
    digest,
    ...(typeof finishedAt === 'string' && !Number.isNaN(Date.parse(finishedAt)) ? { finishedAt } : {}),
  };
}

/** Shards that the manifest names and that are not there, or have another size: what `verify` would find at a glance. */
export function manifestProblems(
  { receipt }: Manifest,
  files: readonly SurveyedFile[],
  unreadable: ReadonlySet<string>,
): readonly InspectionProblem[] {
  const sizes = new Map(files.map(({ path, size }) => [path, size]));
  const further = 'Run `riffle verify` on the folder for all differences.';
  return receipt.outputs.flatMap(({ file, bytes }): InspectionProblem[] => {
    const size = sizes.get(file);
    if (size === bytes || unreadable.has(file)) return [];
    const what = size === undefined ? 'is not there' : `has ${size} bytes where the manifest says ${bytes}`;
    return [{ kind: 'manifest', message: `A shard of the result ${what}. ${further}`, file }];
  });
}
