import type { JsonValue } from '@riffle/core';

/** A line of a recipe, below `columns`, that decides a conflict. */
export interface RecipeLine {
  readonly rule: 'cast' | 'features' | 'drop' | 'rename' | 'default';
  /** Of the column, or of what is below it. */
  readonly path: string;
  /** What stands after the path; nothing for `drop`. */
  readonly value?: JsonValue;
  /** What this line would do, as a phrase: `take all values as text`. */
  readonly effect: string;
}

/** What two sources mean differently, so that only people can decide. */
export interface SchemaConflict {
  readonly path: string;
  /** Source numbers, and what each has, as people write it: `timestamp[us, UTC]`, `Audio(sampling_rate=16000)`. */
  readonly one: { readonly source: number; readonly has: string };
  readonly other: { readonly source: number; readonly has: string };
  /** Sources with yet other types, one for each. */
  readonly further?: readonly { readonly source: number; readonly has: string }[];
  /** A sentence, where what the two have does not say why they conflict. */
  readonly why?: string;
  /** The best first. Each decides the conflict by itself. */
  readonly lines: readonly RecipeLine[];
}
