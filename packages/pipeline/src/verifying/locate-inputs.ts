import { didYouMean, RiffleError, type Manifest } from '@riffle/core';

/** A collection and where to read it. */
export interface LocatedInput {
  readonly name: string;
  readonly location: string;
}

/**
 * Where each collection of the plan is: as `given`, else as the manifest's `run.inputs` says.
 * @param locate makes a location of a given path
 * @throws `USAGE` if a given name is none of the result's, or nobody says where a collection is.
 */
export function locateInputs(
  { plan, run }: Manifest,
  given: readonly { readonly name: string; readonly path: string }[],
  locate: (path: string) => string,
): readonly LocatedInput[] {
  const names = plan.collections.map(({ name }) => name);
  const stranger = given.find(({ name }) => !names.includes(name));
  if (stranger !== undefined)
    throw new RiffleError(
      'USAGE',
      `The result has no collection ${JSON.stringify(stranger.name)}. Its collections are ${names.map((name) => JSON.stringify(name)).join(', ')}${didYouMean(stranger.name, names) || '.'}`,
    );
  const known = new Map((run.inputs ?? []).map(({ name, location }) => [name, location]));
  for (const { name, path } of given) known.set(name, locate(path));
  return names.map((name) => {
    const location = known.get(name);
    if (location !== undefined && location !== '') return { name, location };
    throw new RiffleError(
      'USAGE',
      `The manifest does not say where collection ${JSON.stringify(name)} is. Say so with --input ${name}=PATH.`,
    );
  });
}
