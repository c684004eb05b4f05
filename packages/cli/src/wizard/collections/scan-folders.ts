import type { Reader, Storage, StorageEntry } from '@riffle/core';
import { untilAborted } from './until-aborted.ts';

/** One folder that was looked into, and what below it matters. */
export interface ScannedFolder {
  /** The last segment of its path; empty for the folder where the scan starts. */
  readonly name: string;
  /** Relative to where the scan starts, with `/`. */
  readonly path: string;
  readonly location: string;
  readonly files: readonly ScannedFile[];
  readonly folders: readonly ScannedFolder[];
  /** Whether it is a result of Riffle. */
  readonly isResult: boolean;
}

export interface ScannedFile {
  readonly name: string;
  readonly location: string;
  readonly bytes: number;
}

export interface ScanLimits {
  /** Levels below the start. */
  readonly depth: number;
  /** Files and folders looked at, over all folders. */
  readonly entries: number;
  readonly milliseconds: number;
}

export const scanLimits: ScanLimits = { depth: 8, entries: 50_000, milliseconds: 3000 };

export interface Scan {
  readonly root: ScannedFolder;
  /** False if a limit ended it: there may be more. */
  readonly complete: boolean;
}

type DataReader = Pick<Reader, 'extensions' | 'headBytes' | 'detect'>;

/** Folders of programs, with thousands of files and no collections. */
const leftOut = new Set(['node_modules', '.git', '.nx', '.venv', 'venv', '__pycache__', '.cache', 'site-packages']);
const stateFolder = '.riffle';
/** Files without a known extension that are opened to see what they are, in one folder and in all. */
const mostHeads = { folder: 3, all: 200 };
/** Never data, so not opened. */
const otherExtension = /\.(?:txt|md|json|jsonl|ya?ml|toml|py|js|mjs|ts|csv|html?|png|jpe?g|wav|mp3|flac|log|lock|sh)$/i;

interface Mutable extends ScannedFolder {
  readonly files: ScannedFile[];
  readonly folders: Mutable[];
  isResult: boolean;
}

/**
 * Looks for data files below a folder, nearest first, also in dot folders. Links are followed, each folder is entered once. What cannot be
 * read is passed over: this only finds what to offer.
 */
export async function scanFolders(
  start: string,
  storage: Storage,
  readers: readonly DataReader[],
  signal: AbortSignal,
  limits: ScanLimits = scanLimits,
): Promise<Scan> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(limits.milliseconds)]);
  const end = performance.now() + limits.milliseconds;
  const root: Mutable = { name: '', path: '', location: start, files: [], folders: [], isResult: false };
  const entered = new Set<string>();
  const extensions = readers.flatMap((reader) => reader.extensions);
  const headBytes = Math.max(0, ...readers.map((reader) => reader.headBytes));
  let entriesLeft = limits.entries;
  let headsLeft = mostHeads.all;
  let complete = true;

  async function isData(entry: StorageEntry, location: string, heads: { left: number }): Promise<boolean> {
    const name = entry.path.toLowerCase();
    if (extensions.some((extension) => name.endsWith(extension))) return true;
    if (otherExtension.test(name) || entry.size < headBytes || heads.left <= 0 || headsLeft <= 0) return false;
    heads.left--;
    headsLeft--;
    try {
      const file = await storage.open(location, { signal: inTime });
      try {
        const head = await file.read(0, headBytes, { signal: inTime });
        for (const reader of readers) if (await reader.detect(head)) return true;
        return false;
      } finally {
        await file.close();
      }
    } catch {
      return false;
    }
  }

  async function look(folder: Mutable): Promise<Mutable[]> {
    const heads = { left: mostHeads.folder };
    const next: Mutable[] = [];
    for (const entry of await storage.list(folder.location, { signal: inTime })) {
      const { path: name, kind, identity, readableName } = entry;
      if (--entriesLeft < 0) break;
      if (!readableName) continue;
      const location = storage.join(folder.location, name);
      if (kind === 'file' && !name.startsWith('.')) {
        if (await isData(entry, location, heads)) folder.files.push({ name, location, bytes: entry.size });
      } else if (kind === 'directory' && name === stateFolder) {
        folder.isResult = true;
      } else if (kind === 'directory' && !leftOut.has(name) && !entered.has(identity)) {
        entered.add(identity);
        const path = folder.path === '' ? name : `${folder.path}/${name}`;
        next.push({ name, path, location, files: [], folders: [], isResult: false });
      }
    }
    folder.folders.push(...next);
    return next;
  }

  let level: Mutable[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.depth) return { root, complete: false };
    const below: Mutable[] = [];
    for (const folder of level) {
      if (entriesLeft <= 0 || inTime.aborted || performance.now() >= end) {
        signal.throwIfAborted();
        return { root, complete: false };
      }
      try {
        below.push(...(await untilAborted(look(folder), inTime)));
      } catch {
        signal.throwIfAborted();
        complete = complete && !inTime.aborted;
      }
    }
    level = below;
  }
  return { root, complete: complete && entriesLeft >= 0 };
}
