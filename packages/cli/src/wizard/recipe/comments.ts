import { recipeMeanings } from '@riffle/core';
import wrapAnsi from 'wrap-ansi';
import { recipeFlags } from '../../flags/recipe-flags.ts';

const width = 96;

/** The comment above a key of a recipe file: what it means, what it may be, and what holds without it. */
export function keyComment(key: string): string | undefined {
  if (!Object.hasOwn(recipeMeanings, key)) return undefined;
  const meaning = recipeMeanings[key as keyof typeof recipeMeanings].replaceAll('`', '');
  const flag = recipeFlags.find((candidate) => candidate.key === key);
  const notes = [flag?.accepted, flag?.default === undefined ? undefined : `default: ${flag.default}`];
  const note = notes.filter((text) => text !== undefined).join('; ');
  const text = `${meaning[0]!.toUpperCase()}${meaning.slice(1)}${note === '' ? '' : ` (${note})`}.`;
  return wrapAnsi(text, width).replace(/^/gm, ' ');
}
