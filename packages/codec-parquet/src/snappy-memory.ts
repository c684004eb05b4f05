/** Bytes before a window that copies may reach back to: the compressor works in blocks of this size. */
const BLOCK = 2 ** 16;
/** What is read or written beyond an end, since 16 bytes are moved at once. */
const SLACK = 256;

const tableAt = 4096;
const inputAt = tableAt + 2 ** 15;
const outAt = inputAt + BLOCK + SLACK;
/** New bytes of a window: with the history before it stays in the second-level cache. */
const windowBytes = 256 * 1024;

/** Addresses in the memory of the Snappy kernel. */
export const snappyMemory = {
  /** Place in the input, place in the output, bytes left of a literal: 4 bytes each. */
  stateAt: 0,
  masksAt: 64,
  stepsAt: 128,
  patternsAt: 256,
  tagsAt: 1024,
  elementsAt: 2048,
  /** The last places of hashes, 2 bytes each. */
  tableAt,
  inputAt,
  inputBytes: BLOCK,
  outAt,
  historyBytes: BLOCK,
  windowBytes,
  bytes: Math.ceil((outAt + BLOCK + windowBytes + SLACK) / 65_536) * 65_536,
} as const;
