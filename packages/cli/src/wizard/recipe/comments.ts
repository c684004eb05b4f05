import { flagHelp } from '../../flags/describe-flag.ts';
import { recipeFlags } from '../../flags/recipe-flags.ts';

/** What keys without a flag of their own are for. */
const others: Readonly<Record<string, string>> = {
  collections: 'the inputs, in order: a name, and a folder of shards or one file',
  columns: 'what is to become of columns that the collections differ in',
  schema: 'widen: collections may differ as far as no value is lost; strict: not at all',
};

/** The comment above a key of a recipe file, from the help of its flag. */
export function keyComment(key: string): string | undefined {
  const flag = recipeFlags.find((candidate) => candidate.key === key);
  const text = flag === undefined ? others[key] : flagHelp({ ...flag, repeatable: false });
  return text === undefined ? undefined : ` ${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
