import { isShardPath, RiffleError, type Layout } from '@riffle/core';
import { shardName, type ShardFile } from '../moving/open-shard.ts';
import { partitionNames } from '../partitioning/partition-names.ts';

/** The folders that paths lie in, and those above them, each before what is in it; without the one that all start at. */
export function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths)
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) folders.add(path.slice(0, end));
  return [...folders];
}

/** One path of a layout's: of which shard, and of which values. */
interface Asked {
  readonly shard: number;
  readonly names: readonly string[];
}

/** @throws RiffleError `PLUGIN_INVALID` if the layout gives what is no path, or the same twice. */
function pathsOf(layout: Layout, shards: number, extension: string, asked: readonly Asked[]): readonly string[] {
  const seen = new Map<string, Asked>();
  const paths = asked.map((file) => {
    const { shard, names } = file;
    const path = `${layout.partitionBy === undefined ? layout.pathOf(shard, shards) : layout.pathOf(shard, shards, names)}${extension}`;
    const called = ({ shard: number, names: values }: Asked) => [`shard ${number}`, ...values].join(', ');
    const invalid = (why: string) =>
      new RiffleError(
        'PLUGIN_INVALID',
        `The layout ${layout.name} calls ${called(file)} ${JSON.stringify(path)}, ${why}. Nothing was published.`,
        { plugin: layout.name, path },
      );
    if (!isShardPath(path))
      throw invalid(
        'which is no path of a shard: names between / of letters, digits and . _ - = + %, beginning with a letter, a digit, _ or %',
      );
    const same = seen.get(path.toLowerCase());
    if (same !== undefined) throw invalid(`as it calls ${called(same)}: each needs a name of its own`);
    seen.set(path.toLowerCase(), file);
    return path;
  });
  const both = foldersOf(paths).find((folder) => seen.has(folder.toLowerCase()));
  if (both === undefined) return paths;
  throw new RiffleError(
    'PLUGIN_INVALID',
    `The layout ${layout.name} has ${both} both for a shard and for a folder of shards. Nothing was published.`,
    { plugin: layout.name, path: both },
  );
}

/**
 * Tries a layout before any work: with all shards, and with two values of each column that it divides them by.
 * @throws RiffleError `PLUGIN_INVALID` if it gives what is no path of a shard, or the same twice.
 */
export function tryLayout(layout: Layout | undefined, shards: number, extension: string): void {
  if (layout === undefined) return;
  const by = layout.partitionBy ?? [];
  const values =
    by.length === 0
      ? [[]]
      : [by.map(() => 'a'), ...by.map((_, at) => by.map((_, other) => (at === other ? 'b' : 'a')))];
  pathsOf(
    layout,
    shards,
    extension,
    Array.from({ length: shards }, (_, shard) => values.map((names) => ({ shard, names }))).flat(),
  );
}

/**
 * The paths of a result's files below the output folder, with `/` between names, in the order of `files`.
 *
 * @param files all of the result.
 * @throws RiffleError `PLUGIN_INVALID` if the layout gives what is none, or the same twice.
 */
export function filePaths(
  layout: Layout | undefined,
  shards: number,
  extension: string,
  files: readonly Pick<ShardFile, 'shard' | 'partition'>[],
): readonly string[] {
  if (layout === undefined) return files.map(({ shard }) => shardName(shard, extension));
  const names = (layout.partitionBy ?? []).map((_, index) =>
    partitionNames(files.map(({ partition }) => partition?.[index] ?? null)),
  );
  return pathsOf(
    layout,
    shards,
    extension,
    files.map(({ shard, partition = [] }) => ({
      shard,
      names: partition.map((value, index) => names[index]!.get(value)!),
    })),
  );
}
