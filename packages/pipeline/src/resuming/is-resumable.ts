import type { ErrorCode, RiffleError } from '@riffle/core';

/** Errors that are not about the job itself: what was done until then holds, and another run can go on with it. */
const resumable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CANCELLED',
  'STORAGE_FAILED',
  'WORKER_FAILED',
  'DISK_TOO_SMALL',
  'INTERNAL',
]);

export function isResumable({ code }: RiffleError): boolean {
  return resumable.has(code);
}
