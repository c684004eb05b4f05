import { existsSync, linkSync, mkdirSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Storage, WritableFile } from '@riffle/core';

/** A file of an old state: where it was, and where a second link to it is kept. */
export interface KeptFile {
  readonly location: string;
  readonly copy: string;
}

/** One line of the journal. What changes is noted before it is done, what makes durable after it was done. */
export type DurabilityRecord =
  | { readonly type: 'create'; readonly location: string; readonly before: readonly KeptFile[] }
  | { readonly type: 'make-folder'; readonly location: string }
  | { readonly type: 'rename'; readonly from: string; readonly to: string; readonly before: readonly KeptFile[] }
  | { readonly type: 'remove'; readonly location: string; readonly before: readonly KeptFile[] }
  | { readonly type: 'synced'; readonly location: string; readonly bytes: number }
  | { readonly type: 'folder-made'; readonly location: string }
  | { readonly type: 'folder-synced'; readonly location: string };

export const journalName = 'durability.jsonl';

/**
 * Wraps a storage of local files so that everything not yet durable is on record: what `losePower` may take away after the process
 * was killed. The record itself outlives the process, since only the machine's failure loses what was written to a file.
 *
 * @param folder an existing folder on the file system of the files, apart from them
 */
export function journalDurability(storage: Storage, folder: string): Storage {
  // One descriptor for each thread; short writes at the end of a file do not mix.
  const journal = openSync(join(folder, journalName), 'a');
  let kept = 0;
  const note = (record: DurabilityRecord): void => void writeSync(journal, `${JSON.stringify(record)}\n`);
  const keep = (location: string): KeptFile[] => {
    const copy = join(folder, `kept-${threadId}-${kept++}`);
    try {
      linkSync(location, copy);
      return [{ location, copy }];
    } catch {
      return [];
    }
  };
  const wrapWritable = (file: WritableFile): WritableFile => {
    let written = 0;
    return {
      ...file,
      async write(bytes, options) {
        await file.write(bytes, options);
        written += bytes.length;
      },
      async sync() {
        const bytes = written;
        await file.sync();
        note({ type: 'synced', location: file.location, bytes });
      },
    };
  };
  return {
    ...storage,
    async create(location, options) {
      note({ type: 'create', location, before: keep(location) });
      return wrapWritable(await storage.create(location, options));
    },
    async makeFolder(location, options) {
      let first = location;
      while (!existsSync(dirname(first))) first = dirname(first);
      if (!existsSync(location)) note({ type: 'make-folder', location: first });
      await storage.makeFolder(location, options);
      // The contract of a storage says that it is durable now.
      note({ type: 'folder-made', location: first });
    },
    async rename(from, to, options) {
      note({ type: 'rename', from, to, before: keep(to) });
      await storage.rename(from, to, options);
    },
    async remove(location, options) {
      note({ type: 'remove', location, before: filesIn(location).flatMap(keep) });
      await storage.remove(location, options);
    },
    async syncFolder(location, options) {
      await storage.syncFolder(location, options);
      note({ type: 'folder-synced', location });
    },
  };
}

/** The file itself, or every file below a folder. */
function filesIn(location: string): string[] {
  if (!existsSync(location)) return [];
  if (!statSync(location).isDirectory()) return [location];
  return readdirSync(location, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Makes the folder that {@link journalDurability} needs. */
export function makeJournalFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}
