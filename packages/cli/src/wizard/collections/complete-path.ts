import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Storage } from '@riffle/core';
import type { Choice } from '../ask.ts';

/** Folders of one folder that are offered; the rest is found by typing on. */
const mostOffered = 200;

/** `~/data` as the shell would read it. */
export function expandHome(text: string): string {
  return text === '~' || text.startsWith('~/') ? homedir() + text.slice(1) : text;
}

/**
 * Paths that a text may become: the folder or file that it names, then what is in its last folder and begins as it does. Dot folders
 * come last unless asked for.
 */
export async function completePath(
  text: string,
  workingFolder: string,
  storage: Storage,
  isDataFile: (name: string) => boolean,
  signal: AbortSignal,
): Promise<readonly Choice<string>[]> {
  const typed = expandHome(text);
  const slash = typed.lastIndexOf('/');
  const folder = typed.slice(0, slash + 1);
  const beginning = typed.slice(slash + 1).toLowerCase();
  const choices: Choice<string>[] = [];
  const named =
    typed === '' ? undefined : await storage.stat(resolve(workingFolder, typed), { signal }).catch(() => undefined);
  if (named?.kind === 'directory' || named?.kind === 'file') {
    const path = typed.length > 1 ? typed.replace(/\/+$/, '') : typed;
    choices.push({
      value: path,
      name: typed,
      about: named.kind === 'file' ? 'this file' : 'this folder, with all below it',
    });
  }
  const entries = await storage.list(resolve(workingFolder, folder === '' ? '.' : folder), { signal }).catch(() => []);
  const found = entries
    .filter(
      ({ path, kind, readableName }) => readableName && (kind === 'directory' || (kind === 'file' && isDataFile(path))),
    )
    .filter(({ path }) => path.toLowerCase().startsWith(beginning))
    .map(({ path, kind }) => ({ value: folder + path, name: folder + path + (kind === 'directory' ? '/' : '') }))
    .filter(({ name }) => name !== typed);
  const isHidden = ({ value }: Choice<string>) => value.slice(folder.length).startsWith('.');
  const ordered = beginning.startsWith('.')
    ? found
    : [...found.filter((one) => !isHidden(one)), ...found.filter(isHidden)];
  return [...choices, ...ordered.slice(0, mostOffered)];
}
