import type { Reader, Writer } from '@riffle/core';

/** The reader among a job's that reads what its writer writes: both know the ending of its files. */
export function readsBack(readers: readonly Reader[], { extension }: Writer): Reader | undefined {
  return readers.find(({ extensions }) => extensions.includes(extension));
}
