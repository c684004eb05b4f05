import type { Reader, Storage } from '@riffle/core';
import type { ScannedFile } from './scan-folders.ts';
import { untilAborted } from './until-aborted.ts';

/** What footers tell of a candidate. */
export interface Measured {
  /** Rows of the files that could be read; undefined if there was not the time to look at all. */
  readonly rows: number | undefined;
  /** Files that could not be read. */
  readonly unreadable: number;
  readonly bytes: number;
}

/** How long people wait for numbers that they can do without. */
const mostMilliseconds = 2000;
const AT_ONCE = 8;

async function rowsOf(
  { location }: ScannedFile,
  storage: Storage,
  reader: Reader,
  signal: AbortSignal,
): Promise<number | undefined> {
  const file = await storage.open(location, { signal });
  try {
    return (await reader.survey(file, { signal })).rows;
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    await file.close();
  }
}

/**
 * Rows and bytes of some collections, from footers, in two seconds at most: what is not known by then stays unknown. Bytes are those that
 * the scan saw.
 */
export async function measure(
  collections: readonly (readonly ScannedFile[])[],
  storage: Storage,
  reader: Reader,
  signal: AbortSignal,
  milliseconds = mostMilliseconds,
): Promise<readonly Measured[]> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
  const end = performance.now() + milliseconds;
  const measured: Measured[] = [];
  for (const files of collections) {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    let rows: number | undefined = 0;
    let unreadable = 0;
    for (let start = 0; start < files.length && rows !== undefined; start += AT_ONCE) {
      const some = files.slice(start, start + AT_ONCE);
      const found =
        inTime.aborted || performance.now() >= end
          ? undefined
          : await untilAborted(Promise.all(some.map((file) => rowsOf(file, storage, reader, inTime))), inTime).catch(
              () => undefined,
            );
      if (found === undefined) rows = undefined;
      else {
        unreadable += found.filter((count) => count === undefined).length;
        rows += found.reduce<number>((sum, count) => sum + (count ?? 0), 0);
      }
    }
    signal.throwIfAborted();
    measured.push({ rows, unreadable, bytes });
  }
  reader.release?.();
  return measured;
}
