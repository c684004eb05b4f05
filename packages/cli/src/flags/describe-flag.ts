import type { Flag } from './flag.ts';

/** The flag as the parser and the help spell it, `--shards <N>`. */
export function flagUsage({ name, argument }: Flag): string {
  return argument === undefined ? name : `${name} <${argument}>`;
}

/** The help of one flag, with its default and what it accepts. */
export function flagHelp({ help, default: value, accepted, words, repeatable }: Flag): string {
  const notes = [
    accepted ?? words?.join(', '),
    value === undefined ? undefined : `default: ${value}`,
    repeatable === true ? 'repeatable, in order' : undefined,
  ].filter((note) => note !== undefined);
  return notes.length === 0 ? help : `${help} (${notes.join('; ')})`;
}
