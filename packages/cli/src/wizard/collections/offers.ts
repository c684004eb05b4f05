import { resolve } from 'node:path';
import type { WizardContext } from '../context.ts';
import { collectionsOf, type Draft, type DraftCollection } from '../draft.ts';
import { findCandidates } from './find-candidates.ts';
import { measure, type Measured } from './measure.ts';
import { scanFolders, type ScannedFile } from './scan-folders.ts';
import { suggestName } from './suggest-name.ts';

/** A collection that can be picked. */
export interface Offer {
  /** As the recipe will have it. */
  readonly collection: DraftCollection;
  readonly files: number;
  readonly measured: Measured;
  readonly isResult: boolean;
}

type Found = Pick<Offer, 'collection' | 'isResult'> & { readonly files: readonly ScannedFile[] };

/** The collections that are offered, each place once, whatever path leads there. */
export interface Offers {
  /** Finds what a draft names and what is below the working folder; once, later calls do nothing. */
  lookAround(draft: Draft): Promise<void>;
  /** Adds what is at a path of the recipe, if it is not there yet. */
  add(path: string): Promise<Offer>;
  all(): readonly Offer[];
  /** The offer at the place of a path, if there is one. */
  at(path: string): Promise<Offer | undefined>;
  /** False if the search came to a limit before its end. */
  isComplete(): boolean;
  /** Bytes of all collections of a draft, undefined if one is not known. */
  inputBytes(draft: Draft): number | undefined;
}

export function createOffers({ storage, reader, host, typed, jobOptions }: WizardContext): Offers {
  const offers = new Map<string, Offer>();
  let complete: boolean | undefined;
  /** What cannot be looked at keeps the place that it names; the plan will say what is wrong with it. */
  function locationOf(path: string): Promise<string> {
    const location = resolve(jobOptions.baseFolder, path);
    return storage.realLocation(location).catch(() => location);
  }

  async function keep(found: readonly Found[]): Promise<void> {
    const sizes = await measure(
      found.map(({ files }) => files),
      storage,
      reader,
      host.signal,
    );
    for (const [index, { files, ...rest }] of found.entries()) {
      const location = await locationOf(rest.collection.path);
      if (!offers.has(location)) offers.set(location, { ...rest, files: files.length, measured: sizes[index]! });
    }
  }

  async function filesAt(path: string): Promise<Pick<Found, 'files' | 'isResult'>> {
    const location = resolve(jobOptions.baseFolder, path);
    const entry = await storage.stat(location).catch(() => undefined);
    if (entry?.kind === 'file') return { files: [{ name: path, location, bytes: entry.size }], isResult: false };
    if (entry?.kind !== 'directory') return { files: [], isResult: false };
    const { root } = await scanFolders(location, storage, [reader], host.signal);
    return { files: findCandidates(root).flatMap(({ files }) => files), isResult: root.isResult };
  }

  return {
    async lookAround(draft) {
      if (complete !== undefined) return;
      await keep(
        await Promise.all(
          collectionsOf(draft).map(async (collection) => ({ collection, ...(await filesAt(collection.path)) })),
        ),
      );
      const scan = await scanFolders(host.workingFolder, storage, [reader], host.signal);
      const output = typeof draft.values['output'] === 'string' ? await locationOf(draft.values['output']) : undefined;
      // What an earlier run of the same recipe has written is no input of it; other results may be, and come last.
      const candidates = findCandidates(scan.root)
        .filter(({ location }) => location !== output)
        .sort((one, other) => Number(one.isResult) - Number(other.isResult));
      await keep(
        candidates.map(({ name, path, files, isResult }) => ({
          collection: { name, path: typed(path) },
          files,
          isResult,
        })),
      );
      ({ complete } = scan);
    },
    async add(path) {
      const taken = new Set([...offers.values()].map(({ collection }) => collection.name));
      const name = suggestName(resolve(jobOptions.baseFolder, path), taken);
      await keep([{ collection: { name, path }, ...(await filesAt(path)) }]);
      return offers.get(await locationOf(path))!;
    },
    all: () => [...offers.values()],
    at: async (path) => offers.get(await locationOf(path)),
    isComplete: () => complete === true,
    inputBytes(draft) {
      const known = new Map([...offers.values()].map(({ collection, measured }) => [collection.path, measured.bytes]));
      const sizes = collectionsOf(draft).map(({ path }) => known.get(path));
      return sizes.includes(undefined) ? undefined : sizes.reduce<number>((sum, bytes) => sum + bytes!, 0);
    },
  };
}
