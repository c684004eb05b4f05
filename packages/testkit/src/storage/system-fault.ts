import { RiffleError } from '@riffle/core';
import type { StorageOperation } from './storage-operation.ts';

/** What an operating system says when it refuses; the words are those of `strerror`. */
const systemFaults = {
  EIO: 'i/o error',
  ENOSPC: 'no space left on device',
  EACCES: 'permission denied',
  EMFILE: 'too many open files',
} as const;

export type SystemFault = keyof typeof systemFaults;

/** The error that a storage throws for a refusal by the operating system, with the system's own as its cause. */
export function systemFault(systemCode: SystemFault, operation: StorageOperation, location: string): RiffleError {
  const words = systemFaults[systemCode];
  const cause = Object.assign(new Error(`${systemCode}: ${words}, ${operation} '${location}'`), { code: systemCode });
  return new RiffleError(
    'STORAGE_FAILED',
    `Cannot ${operation} ${location}: ${words} (${systemCode}).`,
    { operation, location, systemCode },
    { cause },
  );
}
