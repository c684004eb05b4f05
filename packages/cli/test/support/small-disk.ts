import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A file system of its own, of a size of its own. */
export interface SmallDisk {
  readonly folder: string;
  /** Mounts it anew with other options (`size=50m`, `ro`), with what is on it. */
  remount(options: string): void;
  remove(): void;
}

/** Why nothing can be mounted here, or undefined: tests that need it are then skipped with these words. */
export function mountProblem(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has tmpfs';
  try {
    // In a name space of its own: leaves nothing behind.
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `a tmpfs cannot be mounted: ${String((error as { readonly stderr?: unknown }).stderr ?? error).trim()}`;
  }
}

/** Mounts a tmpfs at a new folder. To be removed before the folder above is. */
export function mountSmallDisk(above: string, name: string, options: string): SmallDisk {
  const folder = join(above, name);
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
  return {
    folder,
    remount: (changed) => void execFileSync('mount', ['-o', `remount,${changed}`, folder], { stdio: 'pipe' }),
    remove: () => void execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' }),
  };
}
