import { basename } from 'node:path';
import { suggestName } from './suggest-name.ts';
import type { ScannedFile, ScannedFolder } from './scan-folders.ts';

/** What may be a collection: a folder of shards, or one file. */
export interface Candidate {
  /** As a recipe in the folder of the scan would say it. */
  readonly path: string;
  readonly location: string;
  /** Suggested, unique among the candidates. */
  readonly name: string;
  readonly files: readonly ScannedFile[];
  /** Whether it is a result of Riffle. */
  readonly isResult: boolean;
}

/** Names that tell parts of one collection: numbers, partitions, `part-0001`. */
const shardName = /^\d+$|^[^=]+=|^(?:shard|part|chunk|batch|split|block)s?[-_.]?\d+/i;

function hasData(folder: ScannedFolder): boolean {
  return folder.files.length > 0 || folder.folders.some(hasData);
}

/** All files that a collection at this folder would read: dot folders below it are skipped. */
function filesBelow({ files, folders }: ScannedFolder): ScannedFile[] {
  return [...files, ...folders.filter(({ name }) => !name.startsWith('.')).flatMap(filesBelow)];
}

type Unnamed = Omit<Candidate, 'name'>;

const asFolder = (folder: ScannedFolder): Unnamed => ({
  path: folder.path === '' ? '.' : folder.path,
  location: folder.location,
  files: filesBelow(folder),
  isResult: folder.isResult,
});

/** Dot folders anywhere below, which a collection at this folder would not read. */
function hiddenBelow({ folders }: ScannedFolder): ScannedFolder[] {
  return folders.flatMap((folder) => (folder.name.startsWith('.') ? [folder] : hiddenBelow(folder)));
}

function group(folder: ScannedFolder): Unnamed[] {
  const below = folder.folders.filter(hasData);
  const seen = below.filter((child) => !child.name.startsWith('.') && filesBelow(child).length > 0);
  const shards = seen.filter(({ name }) => shardName.test(name));
  // Files beside other collections are collections of their own, at the start; elsewhere they belong to the folder.
  if (folder.path === '' && folder.files.length > 0 && seen.length > shards.length) {
    const single = folder.files.map((file) => ({
      path: file.name,
      location: file.location,
      files: [file],
      isResult: false,
    }));
    return [...single, ...below.flatMap(group)];
  }
  if (folder.files.length > 0 || shards.length > 0) return [asFolder(folder), ...hiddenBelow(folder).flatMap(group)];
  return below.flatMap(group);
}

/** The collections that a scan may have found, in order of their paths. A folder of shard folders is one. */
export function findCandidates(root: ScannedFolder): readonly Candidate[] {
  const taken = new Set<string>();
  return group(root)
    .filter(({ files }) => files.length > 0)
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map((candidate) => {
      const name = suggestName(candidate.path === '.' ? basename(root.location) : candidate.path, taken);
      taken.add(name);
      return { ...candidate, name };
    });
}
