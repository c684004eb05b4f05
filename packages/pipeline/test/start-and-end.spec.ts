import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('support/start-and-end.mjs', import.meta.url));

// Node 20 aborts the whole process if a thread is ended while `require` loads an ES module in it ("IsGraphAsync must be used on an
// instantiated module"), so this is seen only from another process. See src/pool/worker-entry.cts.
it('threads can be ended at any moment of their start', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, '40']);
  expect({ stdout, stderr }).toEqual({ stdout: '40 ended', stderr: '' });
});
