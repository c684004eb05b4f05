import { BadContentError } from '@riffle/core';
import { MessageHeader } from 'apache-arrow';
import { DictionaryBatch } from 'apache-arrow/fb/dictionary-batch';
import { Message } from 'apache-arrow/fb/message';
import { RecordBatch } from 'apache-arrow/fb/record-batch';
import { Schema } from 'apache-arrow/fb/schema';
import { asContent } from './as-content.ts';
import { checkSchema } from './check-schema.ts';
import { flatBuffer, refuseLonger, spendMetadata, spendOf } from './flat.ts';
import type { MessagePlace } from './message-place.ts';

const CONTINUATION = 0xffffffff;
/** A schema, or the buffers of a batch, of more columns than anything can load. */
const LARGEST_METADATA = 2 ** 26;
/** Each takes memory while the job is planned. */
const MOST_MESSAGES = 2 ** 20;
/** Of Arrow 0.8, of 2017; before it, buffers were declared in another way. */
const OLDEST_VERSION = 3;
/** A row takes at least a bit, but for columns of nulls alone. */
const FREE_ROWS = 2 ** 20;
/** More than any codec makes of one byte. */
const MOST_COMPRESSION = 2 ** 15;

export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

/** A message without its body. */
export interface ReadMessage {
  readonly kind: MessageHeader;
  readonly place: MessagePlace;
  /** Of a record batch. */
  readonly rows: number;
  /** Of a dictionary batch. */
  readonly id: number;
  readonly isDelta: boolean;
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
  const { bodyBytes, bits, ...found } = asContent(`The message at byte ${at}`, () => summarize(bytes.subarray(prefix)));
  const place = { offset: at, metadataBytes: prefix + metadata, bodyBytes };
  if (!(bodyBytes >= 0) || at + place.metadataBytes + bodyBytes > end)
    throw truncated(`a body of ${bodyBytes} bytes`, at);
  const { rows } = found;
  if (!(rows >= 0 && rows < 2 ** 31) || (rows > FREE_ROWS && rows > bits))
    throw new BadContentError(`The batch at byte ${at} declares ${rows} rows in ${bodyBytes} bytes.`, {
      kind: 'counts',
    });
  return { ...found, place, bytes };
}

/** What a message says of itself and of its body. A schema is checked here. */
function summarize(bytes: Uint8Array) {
  const message = Message.getRootAsMessage(flatBuffer(bytes));
  if (message.version() < OLDEST_VERSION)
    throw new BadContentError(
      'It was written by an Arrow older than 0.8. Write it anew with one of today.',
      {},
      { code: 'UNSUPPORTED_CONTENT' },
    );
  const spend = spendOf(bytes);
  spendMetadata(message, spend);
  const kind: MessageHeader = message.headerType() as number;
  if (kind === MessageHeader.Schema) checkSchema(message.header(new Schema()) as Schema | null, spend);
  const batch = kind === MessageHeader.RecordBatch ? (message.header(new RecordBatch()) as RecordBatch | null) : null;
  const dictionary =
    kind === MessageHeader.DictionaryBatch ? (message.header(new DictionaryBatch()) as DictionaryBatch | null) : null;
  const columns = batch ?? dictionary?.data() ?? null;
  refuseLonger(columns?.nodesLength() ?? 0, 16, bytes);
  refuseLonger(columns?.buffersLength() ?? 0, 16, bytes);
  refuseLonger(columns?.variadicBufferCountsLength() ?? 0, 8, bytes);
  const bodyBytes = Number(message.bodyLength());
  return {
    kind,
    bodyBytes,
    rows: Number(batch?.length() ?? 0),
    /** That the body may have once it is decompressed. */
    bits: 8 * bodyBytes * ((batch?.compression() ?? null) === null ? 1 : MOST_COMPRESSION),
    id: Number(dictionary?.id() ?? 0),
    isDelta: dictionary?.isDelta() ?? false,
  };
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
