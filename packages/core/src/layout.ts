import type { PluginIdentity } from './plugin.ts';

/** A column whose values divide the shards of a result into files: the rows of a file all have the same. */
export interface PartitionColumn {
  /** Name of a column of the result, of texts, whole numbers or booleans. */
  readonly column: string;
  /**
   * Whether the files have the column, too. Where they do not, only the paths tell its values, as `language=de` does in Hive's folders, and whoever
   * reads the result must know that form.
   */
  readonly kept: boolean;
}

/**
 * Decides where in the output folder the shards of a result lie. Without one they are called `00000`, `00001` and so on, in the folder itself.
 * Source of the names that loaders understand: https://huggingface.co/docs/hub/datasets-file-names-and-splits
 */
export interface Layout extends PluginIdentity<'layout'> {
  /** Columns by whose values each shard is divided into files. Without any, a shard is one file. */
  readonly partitionBy?: readonly PartitionColumn[];
  /**
   * The path of a shard below the output folder, without the ending of its format: `train/00000`. Names between `/`, of letters, digits and
   * `. _ - = + %`, as `isShardPath` has it. All files of a result have paths of their own, also where capitals do not count; asked
   * again, at any time, it says the same.
   *
   * @param shard from 0.
   * @param shards how many the result has.
   * @param values what stands for the file's values of `partitionBy`, in that order: each may be a part of a name, and different values are different also where
   * capitals do not count. Characters that are not allowed are spelled `%C3%A4`, null is `__HIVE_DEFAULT_PARTITION__`. Left out without `partitionBy`.
   */
  pathOf(shard: number, shards: number, values?: readonly string[]): string;
}
