import { BadContentError } from '@riffle/core';
import { Message, MessageHeader } from 'apache-arrow';
import { asContent } from './as-content.ts';
import type { MessagePlace } from './message-place.ts';

const CONTINUATION = 0xffffffff;
/** A schema, or the buffers of a batch, of more columns than anything can load. */
const LARGEST_METADATA = 2 ** 26;
/** Each takes memory while the job is planned. */
const MOST_MESSAGES = 2 ** 20;

export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

/** A message without its body. */
export interface ReadMessage {
  readonly kind: MessageHeader;
  readonly place: MessagePlace;
  /** Of a record batch. */
  readonly rows: number;
  /** Without its body, as it stands in the file. */
  readonly bytes: Uint8Array;
}

const truncated = (what: string, at: number): BadContentError =>
  new BadContentError(`It is truncated: ${what} at byte ${at}.`, { kind: 'truncated', bytes: at });

/** Reads the message at `at`, which must end before `end`. A number is the length of the mark that says that the stream ends there. */
export async function readMessage(read: ReadBytes, at: number, end: number): Promise<ReadMessage | number> {
  const head = await read(at, Math.min(8, end - at));
  if (head.length < 4) throw truncated('no end of the stream', at);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const first = view.getUint32(0, true);
  if (first === CONTINUATION && head.length < 8) throw truncated('half a message', at);
  const prefix = first === CONTINUATION ? 8 : 4;
  const metadata = first === CONTINUATION ? view.getUint32(4, true) : first;
  if (metadata === 0) return prefix;
  if (metadata > LARGEST_METADATA || at + prefix + metadata > end)
    throw truncated(`a message of ${metadata} bytes`, at);
  const bytes = (await read(at, prefix + metadata)).slice();
  const { kind, bodyBytes, rows } = asContent(`The message at byte ${at}`, () => {
    const message = Message.decode(bytes.subarray(prefix));
    const header: unknown = message.header();
    const count = message.headerType === MessageHeader.RecordBatch ? (header as { readonly length: number }).length : 0;
    return { kind: message.headerType, bodyBytes: Number(message.bodyLength), rows: Number(count) };
  });
  const place = { offset: at, metadataBytes: prefix + metadata, bodyBytes };
  if (!(bodyBytes >= 0) || at + place.metadataBytes + bodyBytes > end)
    throw truncated(`a body of ${bodyBytes} bytes`, at);
  if (!(rows >= 0 && rows < 2 ** 31))
    throw new BadContentError(`The batch at byte ${at} declares ${rows} rows.`, { kind: 'counts' });
  return { kind, place, rows, bytes };
}

export function refuseMany(messages: number): void {
  if (messages <= MOST_MESSAGES) return;
  throw new BadContentError(
    `It has more than ${MOST_MESSAGES} batches; write it anew with larger ones.`,
    {},
    { code: 'UNSUPPORTED_CONTENT' },
  );
}

export const misplaced = (at: number): BadContentError =>
  new BadContentError(`The message at byte ${at} is not one that can stand there.`, { kind: 'metadata' });
