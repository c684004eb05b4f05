import type { Host } from '../host.ts';

export interface Colours {
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
}

/**
 * Colours only on a terminal that can show them. `NO_COLOR` forbids them whatever else is said; `FORCE_COLOR` asks for them where there is no
 * terminal (a CI that shows colours), and 0 forbids them.
 */
export function coloursFor({ stderr, environment }: Pick<Host, 'stderr' | 'environment'>): Colours {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = environment;
  const wanted =
    force === undefined || force === '' ? stderr.isTTY && terminal !== 'dumb' : force !== '0' && force !== 'false';
  const style = (open: number, close: number) => (text: string) =>
    wanted && !no ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bad: style(31, 39), good: style(32, 39), strong: style(1, 22) };
}

/** Whether lines can be redrawn in place: on a terminal that knows how to move the cursor, and not where a log keeps every byte. */
export function canRedraw({ stderr, environment }: Pick<Host, 'stderr' | 'environment'>): boolean {
  return stderr.isTTY && environment['TERM'] !== 'dumb' && !isSet(environment['CI']);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0';
}
