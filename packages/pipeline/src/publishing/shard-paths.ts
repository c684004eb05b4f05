import { isShardPath, RiffleError, type Layout } from '@riffle/core';
import { shardName } from '../moving/open-shard.ts';

/** The folders that paths lie in, and those above them, each before what is in it; without the one that all start at. */
export function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths)
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) folders.add(path.slice(0, end));
  return [...folders];
}

/**
 * The paths of a result's shards below the output folder, in order, with `/` between names.
 * @throws RiffleError `PLUGIN_INVALID` if the layout gives what is none, or the same twice.
 */
export function shardPaths(layout: Layout | undefined, shards: number, extension: string): readonly string[] {
  if (layout === undefined) return Array.from({ length: shards }, (_, shard) => shardName(shard, extension));
  const seen = new Map<string, number>();
  const paths = Array.from({ length: shards }, (_, shard) => {
    const path = `${layout.pathOf(shard, shards)}${extension}`;
    const invalid = (why: string) =>
      new RiffleError(
        'PLUGIN_INVALID',
        `The layout ${layout.name} calls shard ${shard} ${JSON.stringify(path)}, ${why}. Nothing was written.`,
        { plugin: layout.name, path },
      );
    if (!isShardPath(path))
      throw invalid(
        'which is no path of a shard: names between / of letters, digits and . _ - = +, beginning with a letter, a digit or _',
      );
    const same = seen.get(path.toLowerCase());
    if (same !== undefined) throw invalid(`as it calls shard ${same}: each needs a name of its own`);
    seen.set(path.toLowerCase(), shard);
    return path;
  });
  const both = foldersOf(paths).find((folder) => seen.has(folder.toLowerCase()));
  if (both === undefined) return paths;
  throw new RiffleError(
    'PLUGIN_INVALID',
    `The layout ${layout.name} has ${both} both for a shard and for a folder of shards. Nothing was written.`,
    { plugin: layout.name, path: both },
  );
}
