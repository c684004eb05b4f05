// The file storage, slow from the start of the stage SLOW_FROM on: so that a test can stop a job in the midst of it. SLOW_SWITCH is a file
// that is made then, since only the main thread can tell, by what is written to the log.
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import createStorage from '@riffle/storage-file';

const milliseconds = 300;
const { SLOW_FROM: stage, SLOW_SWITCH: switchFile } = process.env;

const slowly =
  (work) =>
  async (...values) => {
    if (switchFile !== undefined && existsSync(switchFile)) await sleep(milliseconds);
    return work(...values);
  };

function slowFile(file) {
  const slow = { ...file };
  for (const name of ['read', 'readInto', 'write', 'sync'])
    if (file[name] !== undefined) slow[name] = slowly((...values) => file[name](...values));
  return slow;
}

/** The log is never slow: it is what tells the stage. */
function watchedLog(file) {
  return {
    ...file,
    write: (bytes, options) => {
      if (Buffer.from(bytes).includes(`"stage-started","stage":"${stage}"`)) writeFileSync(switchFile, '');
      return file.write(bytes, options);
    },
  };
}

export default function createSlowStorage() {
  const storage = createStorage();
  const create = async (location, options) => {
    const file = await storage.create(location, options);
    return location.endsWith('log.jsonl') ? watchedLog(file) : slowFile(file);
  };
  return {
    ...storage,
    create,
    stat: slowly(storage.stat),
    list: slowly(storage.list),
    rename: slowly(storage.rename),
    open: slowly(async (...values) => slowFile(await storage.open(...values))),
  };
}
