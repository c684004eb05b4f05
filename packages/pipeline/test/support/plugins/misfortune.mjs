import { appendFileSync, readFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import { BadContentError } from '@riffle/core';

/** What can happen to a worker. */
const happenings = {
  exit: () => process.exit(9),
  uncaught: () => {
    setImmediate(() => {
      throw new Error('nobody catches this');
    });
    return never();
  },
  hang: () => never(),
  loop: () => {
    for (;;);
  },
  heap: () => {
    const kept = [];
    for (;;) kept.push(new Array(1000).fill(kept.length));
  },
  // As our reader tells of a trap.
  refuse: () => {
    throw new BadContentError('The codec died.', { trap: true });
  },
  // As parquet-wasm traps: (module (func (export "trap") unreachable))
  trap: () => {
    const code = [
      0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0,
      0, 11,
    ];
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(code))).exports.trap();
  },
};

/** As a thread that waits for something outside would: its event loop goes on. */
function never() {
  return new Promise(() => setInterval(() => undefined, 1e6));
}

/** Something happens the first `failures` times in all threads together, counted by the lines of the file `log`, which are the threads' numbers. */
export async function misfortune({ how, failures, log }) {
  appendFileSync(log, `${threadId}\n`);
  if (readFileSync(log, 'utf8').split('\n').length - 1 <= failures) await happenings[how]();
}
