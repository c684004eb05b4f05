/**
 * What a conversion can do to values. `none`: every value stays what it is. `checked`: a value that the agreed type cannot hold fails its shard.
 * `decided`: the meaning changes, as a line of the recipe says.
 */
export type ConversionRisk = 'none' | 'checked' | 'decided';

/** How one collection has a column of the treaty. A collection whose files differ has several. */
export interface TreatySource {
  readonly collection: string;
  /** The column's name there, if it is another one. */
  readonly name?: string;
  /** The type as people write it, or undefined where the collection does not have the column. */
  readonly type: string | undefined;
  /** What is done, in a few words: `kept`, `int32 to int64`, `null`. */
  readonly conversion: string;
  readonly risk: ConversionRisk;
}

/** One column of the treaty, with what each collection has for it. */
export interface TreatyColumn {
  readonly name: string;
  readonly type: string;
  /** The Hugging Face feature, where any is declared, in a few words: `ClassLabel(3 names)`. */
  readonly feature?: string;
  readonly sources: readonly TreatySource[];
}
