import { BadContentError, type OperationOptions, type ReadableFile } from '@riffle/core';
import { Message, RecordBatchReader, type RecordBatch, type Schema } from 'apache-arrow';
import { DictionaryBatch, RecordBatch as BatchHeader } from 'apache-arrow/ipc/metadata/message';
import { asContent } from './as-content.ts';
import { registerCodecs } from './body-codecs.ts';
import { checkLayout } from './check-layout.ts';
import { dictionaryColumns } from './dictionary-columns.ts';
import type { DictionaryIndex } from './dictionary-index.ts';
import type { BatchPlace, MessagePlace } from './message-place.ts';
import { validate } from './validate.ts';
import { loadZstd } from './zstd.ts';

/** Marks the end of a stream. */
const END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);
const CONTINUATION = 0xffffffff;

/** What is known of the file. */
export interface DecodeContext {
  /** The message that a stream begins with. */
  readonly schemaBytes: Uint8Array;
  readonly schema: Schema;
  readonly dictionaries: DictionaryIndex;
  /** That buffers may decompress to together, and values of dictionaries and views may come to. */
  readonly mostBytes: number;
}

/**
 * Decodes some batches, with the dictionaries before them, as a small stream of their own: views of memory that is read for them.
 * @throws BadContentError naming the column.
 */
export async function decodeBatches(
  file: ReadableFile,
  { schemaBytes, schema, dictionaries, mostBytes }: DecodeContext,
  batches: readonly BatchPlace[],
  options: OperationOptions,
): Promise<readonly RecordBatch[]> {
  // Each batch behind the dictionaries that stand before it: a later one of the same number replaces what it meant.
  const needed: (MessagePlace & { readonly rows?: number })[] = [];
  let given = 0;
  for (const batch of batches) {
    needed.push(...dictionaries.needed(batch.dictionaries, given), batch);
    given = batch.dictionaries;
  }
  const sizes = needed.map(({ metadataBytes, bodyBytes }) => metadataBytes + bodyBytes);
  const bytes = new Uint8Array(schemaBytes.length + sizes.reduce((sum, size) => sum + size, 0) + END.length);
  bytes.set(schemaBytes);
  let at = schemaBytes.length;
  let decompressed = 0;
  for (const [index, place] of needed.entries()) {
    const target = bytes.subarray(at, at + sizes[index]!);
    if (file.readInto === undefined) target.set(await file.read(place.offset, target.length, options));
    else await file.readInto(target, place.offset, options);
    at += target.length;
    decompressed += asContent(`The batch at byte ${place.offset}`, () =>
      checkMessage(target, place, schema, mostBytes - decompressed),
    );
    options.signal?.throwIfAborted();
  }
  bytes.set(END, at);
  if (decompressed > 0) await loadZstd();
  registerCodecs();
  const decoded = asContent(`The batch at byte ${batches[0]?.offset ?? 0}`, () => [...RecordBatchReader.from(bytes)]);
  if (decoded.length !== batches.length)
    throw new BadContentError(`Of ${batches.length} batches ${decoded.length} can be decoded.`, { kind: 'counts' });
  let left = mostBytes - decompressed;
  const spend = (spent: number, column: string) => {
    left -= spent;
    if (left < 0)
      throw new BadContentError(`A bomb: column ${column} names the same bytes over and over.`, {
        kind: 'bomb',
        column,
      });
  };
  for (const batch of decoded)
    for (const [column, { name }] of batch.schema.fields.entries())
      asContent(`Column ${name}`, () => validate(batch.data.children[column]!, name, spend));
  return decoded;
}

/** Checks the metadata of a message that was read whole. @returns bytes of its compressed buffers, decompressed. */
function checkMessage(
  bytes: Uint8Array,
  { metadataBytes, rows }: MessagePlace & { readonly rows?: number },
  schema: Schema,
  mostBytes: number,
): number {
  const prefix = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === CONTINUATION ? 8 : 4;
  const header: unknown = Message.decode(bytes.subarray(prefix, metadataBytes)).header();
  const body = bytes.subarray(metadataBytes);
  if (rows !== undefined && header instanceof BatchHeader)
    return checkLayout(header, body, { fields: schema.fields, rows, mostBytes });
  if (rows !== undefined || !(header instanceof DictionaryBatch))
    throw new BadContentError('It is another message than when the file was opened.', { kind: 'metadata' });
  const column = dictionaryColumns(schema).get(header.id);
  if (column === undefined)
    throw new BadContentError(`It is the dictionary ${header.id}, which no column has.`, { kind: 'metadata' });
  return checkLayout(header.data, body, { fields: [column], rows: header.length, mostBytes });
}
