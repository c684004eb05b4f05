// One of many processes that want the same lock; told by messages when to try and when to let go.
import createStorage from '@riffle/storage-file';
import { lockOutput } from '../../dist/publishing/output-lock.js';

const storage = createStorage();
let lock;

process.on('message', ({ folder, run }) => {
  if (folder === undefined) {
    void Promise.resolve(lock?.release()).then(() => process.send({ released: true }));
    lock = undefined;
    return;
  }
  lockOutput(storage, folder, folder, run, new Date()).then(
    (taken) => {
      lock = taken;
      process.send({ code: 'won' });
    },
    (error) => process.send({ code: error.code ?? error.message }),
  );
});
process.send({ ready: true });
