import { BadContentError, type OperationOptions, type ReadableFile } from '@riffle/core';
import { MessageHeader } from 'apache-arrow';
import type { BatchPlace, DictionaryPlace, Messages } from './message-place.ts';
import { misplaced, readMessage, refuseMany } from './read-message.ts';
import { windowed } from './windowed.ts';

/**
 * Walks over the messages of an IPC stream without reading bodies.
 * @throws BadContentError for what is truncated or damaged, and where the mark of the end is missing: half a stream would look like a whole one.
 */
export async function readStream(file: ReadableFile, options: OperationOptions): Promise<Messages> {
  const read = windowed(file, options);
  const dictionaries: DictionaryPlace[] = [];
  const batches: BatchPlace[] = [];
  let schema: Uint8Array | undefined;
  let at = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const message = await readMessage(read, at, file.size);
    if (typeof message === 'number') {
      at += message;
      break;
    }
    const { kind, place, rows, id, isDelta, bytes } = message;
    if (kind === MessageHeader.Schema && schema === undefined && place.bodyBytes === 0) schema = bytes;
    else if (kind === MessageHeader.DictionaryBatch && schema !== undefined)
      dictionaries.push({ ...place, id, isDelta });
    else if (kind === MessageHeader.RecordBatch && schema !== undefined)
      batches.push({ ...place, rows, dictionaries: dictionaries.length });
    else throw misplaced(at);
    refuseMany(dictionaries.length + batches.length);
    at += place.metadataBytes + place.bodyBytes;
  }
  if (schema === undefined) throw new BadContentError('It has no schema.', { kind: 'metadata' });
  if (at !== file.size)
    throw new BadContentError(`Its stream ends at byte ${at}, and ${file.size - at} bytes follow.`, {
      kind: 'metadata',
    });
  return { schema, dictionaries, batches };
}
