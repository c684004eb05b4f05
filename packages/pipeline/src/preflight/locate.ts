import { isAbsolute } from 'node:path';
import type { Storage } from '@riffle/core';

/** Where a path of a recipe is: relative paths start at `baseFolder`. */
export function locate(path: string, baseFolder: string, storage: Pick<Storage, 'join'>): string {
  return isAbsolute(path) ? path : storage.join(baseFolder, path);
}
