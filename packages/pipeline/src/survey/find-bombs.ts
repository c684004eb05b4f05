import { BadContentError, toEnvelope, type Recipe } from '@riffle/core';
import type { BadFragment } from './judge-fragments.ts';
import type { PlacedFile } from './plan-order.ts';

/**
 * Decompression bombs made of many fragments, each within the limits: all fragments of each such file that are not lost or bad
 * already. `decoded` are bytes of Arrow data by file, in plan order; they do not depend on the machine, and neither does the verdict.
 */
export function findBombs(
  files: readonly PlacedFile[],
  bad: readonly BadFragment[],
  decoded: readonly number[],
  { decodedBytes, decodedRatio }: Recipe['limits'],
): readonly BadFragment[] {
  return files.flatMap(({ file, shard }, place) => {
    const most = Math.max(decodedBytes, Math.floor(decodedRatio * file.size));
    if (decoded[place]! <= most) return [];
    const error = toEnvelope(
      new BadContentError(
        `A decompression bomb: ${file.size} bytes of file decode to more than ${most} bytes (limits: ${decodedBytes} bytes and ${decodedRatio} times the file).`,
        { kind: 'bomb', mostBytes: most, fileBytes: file.size },
      ),
    );
    const own = bad.filter((one) => one.shard === shard && one.location === file.location);
    const known = new Set(own.map(({ fragment }) => fragment));
    return file.fragments.flatMap(({ lost }, fragment) =>
      lost === true || known.has(fragment) ? [] : [{ shard, location: file.location, fragment, error }],
    );
  });
}
