import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { realLocation } from './real-location.ts';
import { systemCode } from './system-error.ts';

/** Free bytes for an unprivileged writer where `location` is or will be; undefined where the file system does not tell. */
export async function freeSpace(location: string): Promise<number | undefined> {
  let path = await realLocation(location);
  for (;;) {
    try {
      const stats = await statfs(path, { bigint: true });
      return Number(stats.bavail * stats.bsize);
    } catch (error) {
      const code = systemCode(error);
      if (code === 'ENOSYS' || code === 'ENOTSUP') return undefined;
      const parent = dirname(path);
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || parent === path) throw error;
      path = parent;
    }
  }
}
