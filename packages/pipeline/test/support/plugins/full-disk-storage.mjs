import { createFileStorage } from '@riffle/storage-file';

/** The local file system with so much free space: `free` bytes where the location contains `where`, plenty elsewhere. */
export default function createFullDiskStorage({ free, where }) {
  return { ...createFileStorage(), freeSpace: async (location) => (location.includes(where) ? free : 1e15) };
}
