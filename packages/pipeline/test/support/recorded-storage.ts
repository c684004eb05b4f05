import type { Storage } from '@riffle/core';
import { createMemoryStorage } from '@riffle/testkit';

/** A storage that writes down what changes it, in order. */
export function recorded(files: Readonly<Record<string, Uint8Array>>) {
  const memory = createMemoryStorage(files);
  const calls: string[] = [];
  const storage: Storage = {
    ...memory,
    create: async (...values) => {
      const file = await memory.create(...values);
      return { ...file, sync: async () => void calls.push(`sync ${values[0]}`) };
    },
    rename: async (...values) => (calls.push(`rename ${values[0]} ${values[1]}`), memory.rename(...values)),
    remove: async (...values) => (calls.push(`remove ${values[0]}`), memory.remove(...values)),
    syncFolder: async (...values) => (calls.push(`sync ${values[0]}`), memory.syncFolder(...values)),
  };
  return { memory, storage, calls };
}
