import { isAbsolute, relative } from 'node:path';

/** A location as somebody in `workingFolder` would write it: relative if it is below, else absolute. */
export function shownPath(location: string, workingFolder: string): string {
  const path = relative(workingFolder, location);
  if (path === '') return '.';
  return path.startsWith('..') || isAbsolute(path) ? location : path;
}
