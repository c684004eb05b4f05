import { BadContentError } from '@riffle/core';
import type { KeyValue } from 'apache-arrow/fb/key-value';
import { ByteBuffer, Encoding } from 'flatbuffers';

/** Takes so much of what a message may hold together. */
export type Spend = (bytes: number) => void;

/** Writers share nothing between tables, some share strings. */
const MOST_SHARING = 16;
/** Of a message that is so small that it does not matter. */
const SMALL_MESSAGE = 2 ** 16;

export const flatBuffer = (bytes: Uint8Array): ByteBuffer => new ByteBuffer(bytes);

/** Tables of a flatbuffer may be named many times over, so that a message of a kilobyte would be one of gigabytes once it is decoded. */
export function spendOf(bytes: Uint8Array): Spend {
  let left = MOST_SHARING * bytes.length + SMALL_MESSAGE;
  return (spent) => {
    left -= spent;
    if (!(left >= 0))
      throw new BadContentError(`A message of ${bytes.length} bytes names the same bytes over and over.`, {
        kind: 'bomb',
      });
  };
}

/** A vector that says that it holds more than its message has bytes would fill the memory with what is read past its end. */
export function refuseLonger(length: number, elementBytes: number, bytes: Uint8Array): void {
  if (length * elementBytes <= bytes.length) return;
  throw new BadContentError(`A message of ${bytes.length} bytes declares a list of ${length}.`, { kind: 'metadata' });
}

interface WithMetadata {
  customMetadata(index: number): KeyValue | null;
  customMetadataLength(): number;
}

/** Spends what the metadata of a table holds, without decoding it. */
export function spendMetadata(table: WithMetadata, spend: Spend): void {
  const entries = table.customMetadataLength();
  for (let index = 0; index < entries; index++) {
    const entry = table.customMetadata(index);
    for (const text of [entry?.key(Encoding.UTF8_BYTES), entry?.value(Encoding.UTF8_BYTES)])
      spend(4 + (text?.length ?? 0));
  }
}
