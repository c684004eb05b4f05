import { formatByteSize, isRiffleError, RiffleError, type Plan } from '@riffle/core';

const fullDisk = new Set(['ENOSPC', 'EDQUOT']);

/** Whether a file operation failed because the disk, or the quota, is used up. */
export function isFullDisk(error: unknown): error is RiffleError {
  return (
    isRiffleError(error) && error.code === 'STORAGE_FAILED' && fullDisk.has(String(error.details['systemCode'] ?? ''))
  );
}

/** What is known of the place that is full. */
export interface FullDiskFacts {
  /** Undefined if the disk was full before there was a plan. */
  readonly plan:
    | { readonly memory: Pick<Plan['memory'], 'estimatedSpillBytes'>; readonly estimatedOutputBytes: number }
    | undefined;
  /** Where spill files are, if apart from the output. */
  readonly tempFolder: string | undefined;
  /** Free bytes at the location of the error, after it happened. */
  readonly free: number | undefined;
}

/** Bytes that the plan estimates for the place of the error: spill, output, or both where both are in one place. */
function neededBytes(location: string, { plan, tempFolder }: FullDiskFacts): number | undefined {
  if (plan === undefined) return undefined;
  const spill = plan.memory.estimatedSpillBytes;
  if (tempFolder === undefined) return plan.estimatedOutputBytes + spill;
  return location.startsWith(tempFolder) ? spill : plan.estimatedOutputBytes;
}

/**
 * Adds to a {@link isFullDisk} error how much the job needs there in all and how much is free, in words and as `details.needed` and
 * `details.free`, in bytes. Any other error comes back as it is.
 */
export function explainFullDisk(error: RiffleError, facts: FullDiskFacts): RiffleError {
  if (!isFullDisk(error)) return error;
  const { free } = facts;
  const needed = neededBytes(String(error.details['location'] ?? ''), facts);
  const sentences = [
    error.message,
    ...(needed === undefined
      ? []
      : [`By its plan the job needs about ${formatByteSize(needed)} there in all, part of which it had written.`]),
    ...(free === undefined ? [] : [`Free now: ${formatByteSize(free)}.`]),
  ];
  const details = {
    ...error.details,
    ...(needed === undefined ? {} : { needed }),
    ...(free === undefined ? {} : { free }),
  };
  const { code, exitCode } = error;
  return new RiffleError(code, sentences.join(' '), details, { cause: error.cause ?? error, exitCode });
}
