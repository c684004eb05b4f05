import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createFileStorage } from '@riffle/storage-file';

const changes = {
  append: (location) => appendFileSync(location, 'more'),
  truncate: (location) => truncateSync(location, readFileSync(location).length - 20),
  empty: (location) => truncateSync(location, 0),
  remove: (location) => unlinkSync(location),
  /** In place, with as many bytes. */
  overwrite: (location) => writeFileSync(location, readFileSync(location).fill(0, 4, 200)),
  /** By a new file of as many bytes, as tools do that write aside and rename. */
  replace: (location) => {
    writeFileSync(`${location}.new`, readFileSync(location).fill(0, 4, 200));
    renameSync(`${location}.new`, location);
  },
};

/**
 * The local file system with somebody else at work: while a file whose location contains `file` is open for the first time after the file `armed`
 * is there, it is changed after `reads` reads of it.
 */
export default function createChangingStorage({ file, armed, change, reads }) {
  const storage = createFileStorage();
  return {
    ...storage,
    async open(location, options) {
      const opened = await storage.open(location, options);
      if (!location.includes(file) || !existsSync(armed)) return opened;
      let left = reads;
      const afterRead = (result) => {
        left--;
        if (left === 0 && existsSync(armed)) {
          rmSync(armed);
          changes[change](location);
        }
        return result;
      };
      return {
        ...opened,
        read: async (...values) => afterRead(await opened.read(...values)),
        readInto: async (...values) => afterRead(await opened.readInto(...values)),
      };
    },
  };
}
