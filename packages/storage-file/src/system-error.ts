import { isRiffleError, RiffleError } from '@riffle/core';

/** What a system code means and what a person can do about it, as two sentences. */
const advice: Readonly<Record<string, readonly [meaning: string, advice: string]>> = {
  EACCES: ['permission is denied', 'Check the owner and the permissions of the path and of every folder above it.'],
  EBUSY: ['it is in use', 'Close what uses it and try again.'],
  EDQUOT: ['the disk quota is used up', 'Free some of the quota, or choose a folder on another file system.'],
  EEXIST: ['something of that name is already there', 'Remove it, or choose another name.'],
  EFBIG: [
    'the file would be larger than the file system or the shell allows',
    'Check `ulimit -f`, or write more, smaller shards.',
  ],
  EINVAL: ['the file system refuses the request', 'Check that the path is on an ordinary file system.'],
  EIO: ['the device reported an input/output error', 'Check the disk, the cable or the network mount, then try again.'],
  EISDIR: ['it is a folder, not a file', 'Give the path of a file.'],
  ELOOP: ['its symbolic links lead in a circle', 'Repair or remove the links.'],
  EMFILE: ['this process has too many files open', 'Raise the limit with `ulimit -n 1024`, or use fewer workers.'],
  ENAMETOOLONG: ['the path or a name in it is too long', 'Use a shorter path.'],
  ENFILE: ['the whole system has too many files open', 'Close other programs, or raise the limit of the system.'],
  ENODEV: ['there is no such device', 'Check that the file system is mounted.'],
  ENOENT: ['it does not exist', 'Check the spelling of the path, and that nothing removed it.'],
  ENOSPC: ['no space is left on the device', 'Free some space, or choose a folder on another file system.'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Check the path.'],
  ENOTEMPTY: ['the folder is not empty', 'Something wrote into it meanwhile: let only one job use a folder.'],
  EPERM: [
    'the operating system does not permit it',
    'Check the owner, and whether the file system or a sandbox forbids it.',
  ],
  EROFS: ['the file system is mounted read-only', 'Choose a folder on a writable file system, or mount it writable.'],
  ESTALE: ['the network file system lost it', 'Mount it again, then try again.'],
  EXDEV: ['the two places are on different file systems', 'Choose both on the same file system.'],
};

/** The system code of an error of Node (`ENOENT`), or undefined. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/**
 * A STORAGE_FAILED error naming the operation, the location and the system code, with what to do.
 *
 * @param operation an infinitive with its preposition, `read`, `create`, `make the folder`.
 */
export function storageFailed(operation: string, location: string, cause: unknown): RiffleError {
  const code = systemCode(cause);
  const known = code === undefined ? undefined : advice[code];
  const meaning = known?.[0] ?? (cause instanceof Error ? cause.message : String(cause));
  const what = `Cannot ${operation} ${location}: ${meaning}${code === undefined ? '' : ` (${code})`}.`;
  const todo = known === undefined ? '' : ` ${known[1]}`;
  const details = { operation, location, ...(code === undefined ? {} : { systemCode: code }) };
  return new RiffleError('STORAGE_FAILED', what + todo, details, { cause });
}

/**
 * Runs one file operation; what the operating system refuses becomes a STORAGE_FAILED error.
 * Errors of Riffle and the reason of an aborted signal pass unchanged.
 */
export async function attempt<Result>(
  operation: string,
  location: string,
  signal: AbortSignal | undefined,
  action: () => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  try {
    return await action();
  } catch (error) {
    if (isRiffleError(error) || (signal?.aborted === true && error === signal.reason)) throw error;
    throw storageFailed(operation, location, error);
  }
}
