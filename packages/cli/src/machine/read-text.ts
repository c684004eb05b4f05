import { readFileSync } from 'node:fs';

/** Reads a small text file of the system; undefined if it is not there or not readable. Injected by tests. */
export type ReadText = (path: string) => string | undefined;

export const readSystemText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
