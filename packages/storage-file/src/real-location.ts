import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { systemCode } from './system-error.ts';

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/**
 * The real path, with links resolved. What does not exist yet is appended to the real path of its nearest existing
 * ancestor; a link to something that does not exist yet leads to where that would be.
 */
export async function realLocation(location: string, links = 0): Promise<string> {
  // Before anything else as it is: `link/..` means the parent of the target, not of the link.
  const absolute = isAbsolute(location) ? location : `${process.cwd()}/${location}`;
  try {
    return await realpath(absolute);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return realOfMissing(resolve(absolute), links, error);
  }
}

async function realOfMissing(path: string, links: number, cause: unknown): Promise<string> {
  const parent = dirname(path);
  if (parent === path || links > MOST_LINKS) throw cause;
  const realParent = await realLocation(parent, links);
  const here = join(realParent, basename(path));
  const target = await targetOf(here);
  return target === undefined ? here : realLocation(resolve(realParent, target), links + 1);
}

async function targetOf(path: string): Promise<string | undefined> {
  try {
    return await readlink(path);
  } catch (error) {
    // EINVAL: there is something, and it is no link.
    if (isMissing(error) || systemCode(error) === 'EINVAL') return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
