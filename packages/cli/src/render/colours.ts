import type { Host } from '../host.ts';

export interface Colours {
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** Colours only on a terminal that can show them, and never against the wish of NO_COLOR. */
export function coloursFor({ stderr, environment }: Pick<Host, 'stderr' | 'environment'>): Colours {
  const wanted = stderr.isTTY && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  const style = (open: number, close: number) => (text: string) =>
    wanted ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bad: style(31, 39), good: style(32, 39), strong: style(1, 22) };
}
