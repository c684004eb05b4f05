import { recipeSchema } from '@riffle/core/recipe';
import wrapAnsi from 'wrap-ansi';
import { recipeFlags } from '../../flags/recipe-flags.ts';

const width = 96;

/** The comment above a key of a recipe file: what the schema says it is for, what it may be, and what holds without it. */
export function keyComment(key: string): string | undefined {
  const { description } = (recipeSchema.shape as Readonly<Record<string, { description?: string }>>)[key] ?? {};
  if (description === undefined) return undefined;
  const flag = recipeFlags.find((candidate) => candidate.key === key);
  const notes = [flag?.accepted, flag?.default === undefined ? undefined : `default: ${flag.default}`];
  const note = notes.filter((text) => text !== undefined).join('; ');
  const text = `${description.replaceAll('`', '')}${note === '' ? '' : ` (${note[0]!.toUpperCase()}${note.slice(1)}.)`}`;
  return wrapAnsi(text, width).replace(/^/gm, ' ');
}
