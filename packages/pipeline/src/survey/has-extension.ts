import type { Reader } from '@riffle/core';

/** Whether a name ends as the files of one of these readers do: a promise that it is data. */
export function hasExtension(path: string, readers: readonly Pick<Reader, 'extensions'>[]): boolean {
  const lower = path.toLowerCase();
  return readers.some(({ extensions }) => extensions.some((extension) => lower.endsWith(extension)));
}
