import type { Manifest, Storage, Survey } from '@riffle/core';

/**
 * Where the collections lie, for comparing them with the result later. Links to folders are resolved, since they may lead elsewhere by then;
 * a collection that is one file keeps its name.
 */
export async function inputLocations(
  storage: Storage,
  { collections }: Survey,
): Promise<NonNullable<Manifest['run']['inputs']>> {
  return Promise.all(
    collections.map(async ({ name, location }) => {
      try {
        const entry = await storage.stat(location);
        return { name, location: entry?.kind === 'directory' ? await storage.realLocation(location) : location };
      } catch {
        // The rows are in the result already: a hint for later must not fail the job.
        return { name, location };
      }
    }),
  );
}
