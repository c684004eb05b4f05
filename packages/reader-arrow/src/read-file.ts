import { BadContentError, type OperationOptions, type ReadableFile } from '@riffle/core';
import { MessageHeader, Table, tableToIPC } from 'apache-arrow';
import { Footer as FlatFooter } from 'apache-arrow/fb/footer';
import { Footer } from 'apache-arrow/ipc/metadata/file';
import { asContent } from './as-content.ts';
import { checkSchema } from './check-schema.ts';
import { flatBuffer, refuseLonger, spendMetadata, spendOf } from './flat.ts';
import { MAGIC, startsWith } from './layout.ts';
import type { DictionaryPlace, MessagePlace, Messages } from './message-place.ts';
import { misplaced, readMessage, refuseMany, type ReadBytes, type ReadMessage } from './read-message.ts';
import { windowed } from './windowed.ts';

/** The first message begins at a multiple of 8. */
const FILE_START = 8;
/** A footer's length and the magic behind it. */
const TAIL_BYTES = 4 + MAGIC.length;
/** The mark of the end of a stream. */
const END_BYTES = 8;
/** Between messages, of writers that begin each at a multiple of 64 bytes, with the mark of the end. */
const MOST_PADDING = 80;
/** Of each batch that the footer names. */
const BLOCK_BYTES = 24;
/** It names every batch. */
const LARGEST_FOOTER = 2 ** 28;

interface Block {
  readonly offset: number;
  readonly metaDataLength: number;
  readonly bodyLength: number;
}

/** Where the footer begins. */
async function footerStart(file: ReadableFile, options: OperationOptions): Promise<number> {
  const { size } = file;
  const tail = await file.read(Math.max(0, size - TAIL_BYTES), Math.min(size, TAIL_BYTES), options);
  if (size < FILE_START + TAIL_BYTES || !startsWith(tail.subarray(4), MAGIC))
    throw new BadContentError(`It is truncated: no Arrow footer at its end, byte ${size}.`, {
      kind: 'truncated',
      bytes: size,
    });
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  const start = size - TAIL_BYTES - length;
  if (length === 0 || length > LARGEST_FOOTER || start < FILE_START)
    throw new BadContentError(`Its footer is damaged: it declares ${length} bytes in a file of ${size}.`, {
      kind: 'metadata',
    });
  return start;
}

/** What the footer of an IPC file names. Its schema is that of the footer, since not every writer begins the file with one, as the format has it. */
export async function readFile(file: ReadableFile, options: OperationOptions): Promise<Messages> {
  const end = await footerStart(file, options);
  const bytes = await file.read(end, file.size - TAIL_BYTES - end, options);
  const { schema, dictionaries, batches } = asContent('Its footer', () => {
    const flat = FlatFooter.getRootAsFooter(flatBuffer(bytes));
    refuseLonger(flat.dictionariesLength(), BLOCK_BYTES, bytes);
    refuseLonger(flat.recordBatchesLength(), BLOCK_BYTES, bytes);
    const spend = spendOf(bytes);
    spendMetadata(flat, spend);
    checkSchema(flat.schema(), spend);
    const footer = Footer.decode(bytes);
    const stream = tableToIPC(new Table(footer.schema), 'stream');
    return {
      schema: stream.subarray(0, stream.length - END_BYTES),
      dictionaries: [...footer.dictionaryBatches()] as readonly Block[],
      batches: [...footer.recordBatches()] as readonly Block[],
    };
  });
  refuseMany(dictionaries.length + batches.length);
  const read = windowed(file, options);
  const messageAt = async (block: Block, kind: MessageHeader): Promise<ReadMessage> => {
    options.signal?.throwIfAborted();
    const at = Number(block.offset);
    if (!(Number.isInteger(at) && at >= FILE_START && at < end)) throw misplaced(at);
    const message = await readMessage(read, at, end);
    if (typeof message === 'number' || message.kind !== kind) throw misplaced(at);
    const { metadataBytes, bodyBytes } = message.place;
    if (metadataBytes !== block.metaDataLength || bodyBytes !== Number(block.bodyLength))
      throw new BadContentError(`The footer has another length for the batch at byte ${at} than the batch.`, {
        kind: 'metadata',
      });
    return message;
  };
  const places: DictionaryPlace[] = [];
  for (const block of dictionaries) {
    const { place, id, isDelta } = await messageAt(block, MessageHeader.DictionaryBatch);
    places.push({ ...place, id, isDelta });
  }
  const found = [];
  for (const block of batches) {
    const { place, rows } = await messageAt(block, MessageHeader.RecordBatch);
    found.push({ ...place, rows, dictionaries: places.length });
  }
  refuseGaps([...places, ...found], await contentStart(read, end), end);
  return { schema, dictionaries: places, batches: found };
}

/** Where batches may begin: behind the schema, which not every writer begins with, and some at a multiple of 64 bytes. */
async function contentStart(read: ReadBytes, end: number): Promise<number> {
  const head = await read(FILE_START, Math.min(end - FILE_START, MOST_PADDING));
  const padding = head.findIndex((byte) => byte !== 0);
  const at = FILE_START + Math.max(0, padding - (padding % 8));
  if (end - at < END_BYTES) return at;
  const first = await readMessage(read, at, end);
  return typeof first !== 'number' && first.kind === MessageHeader.Schema ? endOf(first.place) : at;
}

const endOf = ({ offset, metadataBytes, bodyBytes }: MessagePlace) => offset + metadataBytes + bodyBytes;

/** A batch that the footer names twice would be read twice, and a small file would be a large one; what it does not name would be lost in silence. */
function refuseGaps(places: readonly MessagePlace[], start: number, footer: number): void {
  const refuse = (what: string, at: number) => {
    throw new BadContentError(`Its footer is damaged: ${what}, at byte ${at}.`, { kind: 'metadata' });
  };
  let end = start;
  for (const place of places.toSorted((one, other) => one.offset - other.offset)) {
    if (place.offset < end) refuse('two of its batches share bytes', place.offset);
    if (place.offset - end > MOST_PADDING) refuse(`it does not name what stands in ${place.offset - end} bytes`, end);
    end = endOf(place);
  }
  if (footer - end > MOST_PADDING) refuse(`it does not name what stands in ${footer - end} bytes`, end);
}
