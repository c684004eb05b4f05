import { createFileStorage } from '@riffle/storage-file';

/** The local file system, listing folders backwards, as another file system may. */
export default function createReversedStorage() {
  const storage = createFileStorage();
  return { ...storage, list: async (...values) => (await storage.list(...values)).toReversed() };
}
