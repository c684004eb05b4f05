import { createInterface, emitKeypressEvents } from 'node:readline';

/** Escape alone and the first byte of an arrow key are the same byte; Node waits half a second to tell them apart. */
const escapeMilliseconds = 100;

/** Makes a terminal tell its keys, Escape without the half second that Node waits by itself. */
export function installKeys(input: NodeJS.ReadableStream): void {
  const readline = createInterface({ input, escapeCodeTimeout: escapeMilliseconds });
  emitKeypressEvents(input, readline);
  readline.close();
}
