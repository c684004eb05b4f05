import { RiffleError, type JsonValue } from '@riffle/core';
import { canonicalJson } from '@riffle/core';
import type { JobIdentity } from './journal-records.ts';

/** Differences told one by one. */
const mostTold = 5;

type CollectionIdentity = JobIdentity['collections'][number];

function fileDifferences(was: CollectionIdentity, is: CollectionIdentity): string[] {
  const before = new Map(was.files.map(([path, ...facts]) => [path, facts]));
  const after = new Map(is.files.map(([path, ...facts]) => [path, facts]));
  const named = (path: string) => `${is.name}/${path}`;
  const changed = [...after].flatMap(([path, [size, version]]) => {
    const old = before.get(path);
    if (old === undefined) return [`${named(path)} was not there or not readable before`];
    if (old[0] !== size) return [`${named(path)} had ${old[0]} bytes and has ${size}`];
    return old[1] === version
      ? []
      : [`${named(path)} was written to since (its time of change differs; equal bytes alone are not enough)`];
  });
  const gone = [...before.keys()].filter((path) => !after.has(path));
  const lost = is.lost.filter((path) => !was.lost.includes(path) && !before.has(path));
  return [
    ...changed,
    ...gone.map((path) => `${named(path)} is no longer there or no longer readable`),
    ...lost.map((path) => `shard ${named(path)} is lost now and was not before`),
  ];
}

/** Collections by their names, unless only what is expected of them differs. */
function valueText(value: JsonValue | undefined): string {
  const isNamed = (one: unknown): one is { readonly name: string; readonly expect?: unknown } =>
    typeof one === 'object' && one !== null && 'name' in one;
  if (!Array.isArray(value) || !value.every(isNamed)) return JSON.stringify(value);
  return value
    .map(({ name, expect }) => (expect === undefined ? name : `${name} (expecting ${JSON.stringify(expect)})`))
    .join(', ');
}

/** What differs between two jobs, as half sentences; nothing if they are the same. */
function jobDifferences(was: JobIdentity, is: JobIdentity): string[] {
  const version =
    was.riffleVersion === is.riffleVersion ? [] : [`Riffle was ${was.riffleVersion} and is ${is.riffleVersion}`];
  const keys = [...new Set([...Object.keys(was.recipe), ...Object.keys(is.recipe)])].sort();
  const recipe = keys
    .filter((key) => canonicalJson(was.recipe[key] ?? null) !== canonicalJson(is.recipe[key] ?? null))
    .map((key) => `${key} was ${valueText(was.recipe[key])} and is ${valueText(is.recipe[key])}`);
  const files = is.collections.flatMap((collection, index) => {
    const before = was.collections[index];
    return before === undefined || before.name !== collection.name ? [] : fileDifferences(before, collection);
  });
  return [...version, ...recipe, ...files];
}

export function resumeRefused(output: string, what: string, differences: readonly string[]): RiffleError {
  const told = differences.slice(0, mostTold).map((difference) => `\n  ${difference}`);
  const rest = differences.length - told.length;
  return new RiffleError(
    'RESUME_REFUSED',
    `--resume cannot go on: ${what} in ${output} is of another job.${told.join('')}${rest > 0 ? `\n  … and ${rest} more` : ''}\nUndo the change, or start afresh with --overwrite and without --resume. Nothing was changed.`,
    { output, differences: differences.slice(0, 1000) },
  );
}

/** @throws `RESUME_REFUSED` naming what changed, if the interrupted run was not for this very job */
export function refuseOtherJob(output: string, was: JobIdentity, is: JobIdentity): void {
  const differences = jobDifferences(was, is);
  if (differences.length > 0) throw resumeRefused(output, 'the interrupted run', differences);
}
