import { appendFileSync } from 'node:fs';
import { createFileStorage } from '@riffle/storage-file';

/** The local file system, writing down every file that is opened into the file `log`. */
export default function createWatchedStorage({ log }) {
  const storage = createFileStorage();
  return {
    ...storage,
    open: (location, options) => {
      appendFileSync(log, `${location}\n`);
      return storage.open(location, options);
    },
  };
}
