import { main } from '@riffle/cli';

/** What `riffle WORDS --help` prints on a terminal of 100 columns. */
export async function helpOf(...words) {
  let text = '';
  const stream = (write) => ({ write, isTTY: false, columns: 100 });
  const status = await main([...words, '--help'], {
    stdout: stream((part) => (text += part)),
    stderr: stream((part) => {
      throw new Error(`The help wrote to stderr: ${part}`);
    }),
    workingFolder: '/',
    environment: {},
    signal: new AbortController().signal,
    stoppedBy: () => undefined,
    now: () => 0,
    loadPipeline: () => Promise.reject(new Error('The help needs no pipeline.')),
  });
  if (status !== 0) throw new Error(`The help ended with ${status}.`);
  return text;
}
