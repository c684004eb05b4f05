import type { OperationOptions, Storage } from '@riffle/core';

/** A file found in a collection, not yet looked into. */
export interface FoundFile {
  /** Relative to the collection, with `/`; for a collection that is one file, its name. */
  readonly path: string;
  readonly location: string;
  readonly size: number;
  /** The shard it belongs to: its folder, or itself if it stands in the collection's root. */
  readonly shard: string;
}

/** A found entry that can be no data file, with the reason as a sentence. */
interface UnusableEntry {
  readonly path: string;
  readonly shard: string;
  readonly reason: string;
}

export interface FoundFiles {
  /** In plan order: by whole relative path, as UTF-8 bytes. */
  readonly files: readonly FoundFile[];
  /** Folders with nothing below. */
  readonly emptyFolders: readonly string[];
  readonly unusable: readonly UnusableEntry[];
  /** Dot entries, which are skipped with all below them. */
  readonly skipped: number;
}

/** Compares as UTF-8 bytes, which differs from JavaScript's order for characters beyond U+FFFF. */
export function compareUtf8(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/**
 * Lists everything below a collection. Links are followed; a folder that was reached before (a loop, or a second
 * link to it) is not entered again.
 */
export async function findFiles(storage: Storage, location: string, options: OperationOptions): Promise<FoundFiles> {
  const files: FoundFile[] = [];
  const emptyFolders: string[] = [];
  const unusable: UnusableEntry[] = [];
  let skipped = 0;

  const root = await storage.stat(location, options);
  if (root?.kind === 'file') {
    const name = location.split(/[/\\]/).at(-1)!;
    return { files: [{ path: name, location, size: root.size, shard: name }], emptyFolders, unusable, skipped };
  }

  const visited = new Set<string>(root === undefined ? [] : [root.identity]);
  const pending: { readonly path: string; readonly location: string }[] = [{ path: '', location }];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = await storage.list(folder.location, options);
    let below = 0;
    for (const entry of entries) {
      if (entry.path.startsWith('.')) {
        skipped++;
        continue;
      }
      below++;
      const path = folder.path === '' ? entry.path : `${folder.path}/${entry.path}`;
      const shard = folder.path === '' ? path : folder.path;
      const here = storage.join(folder.location, entry.path);
      if (!entry.readableName)
        unusable.push({
          path,
          shard,
          reason: 'its name is not valid UTF-8, so it cannot be opened by name; rename it',
        });
      else if (entry.kind === 'other')
        unusable.push({ path, shard, reason: `it is ${entry.note ?? 'a special file'}, not a regular file` });
      else if (entry.kind === 'file') files.push({ path, location: here, size: entry.size, shard });
      else if (!visited.has(entry.identity)) {
        visited.add(entry.identity);
        pending.push({ path, location: here });
      }
    }
    if (below === 0 && folder.path !== '') emptyFolders.push(folder.path);
  }
  files.sort((one, other) => compareUtf8(one.path, other.path));
  return { files, emptyFolders: emptyFolders.sort(compareUtf8), unusable, skipped };
}
