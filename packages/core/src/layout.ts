import type { PluginIdentity } from './plugin.ts';

/**
 * Decides where in the output folder the shards of a result lie. Without one they are called `00000`, `00001` and so on, in the folder itself.
 * Source of the names that loaders understand: https://huggingface.co/docs/hub/datasets-file-names-and-splits
 */
export interface Layout extends PluginIdentity<'layout'> {
  /**
   * The path of a shard below the output folder, without the ending of its format: `train/00000`. Names between `/`, of letters, digits and
   * `. _ - = +`, as `isShardPath` has it. All shards of a result have paths of their own, also where capitals do not count; asked
   * again, at any time, it says the same.
   *
   * @param shard from 0.
   * @param shards how many the result has.
   */
  pathOf(shard: number, shards: number): string;
}
