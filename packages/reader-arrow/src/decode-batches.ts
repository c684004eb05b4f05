import { BadContentError, type OperationOptions, type ReadableFile } from '@riffle/core';
import { RecordBatchReader, type RecordBatch } from 'apache-arrow';
import { asContent } from './as-content.ts';
import type { BatchPlace, MessagePlace, Messages } from './message-place.ts';
import { withinAllowance } from './body-codecs.ts';
import { validate } from './validate.ts';

/** Marks the end of a stream. */
const END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/**
 * Decodes some batches, with the dictionaries before them, as a small stream of their own: views of memory that is read for them.
 * @param mostBytes that compressed buffers may decompress to together.
 * @throws BadContentError naming the column.
 */
export async function decodeBatches(
  file: ReadableFile,
  { schema, dictionaries }: Messages,
  batches: readonly BatchPlace[],
  mostBytes: number,
  options: OperationOptions,
): Promise<readonly RecordBatch[]> {
  // Each batch behind the dictionaries that stand before it: a later one of the same number replaces what it meant.
  const needed: MessagePlace[] = [];
  let given = 0;
  for (const batch of batches) {
    needed.push(...dictionaries.slice(given, batch.dictionaries), batch);
    given = batch.dictionaries;
  }
  const sizes = needed.map(({ metadataBytes, bodyBytes }) => metadataBytes + bodyBytes);
  const bytes = new Uint8Array(schema.length + sizes.reduce((sum, size) => sum + size, 0) + END.length);
  bytes.set(schema);
  let at = schema.length;
  for (const [index, { offset }] of needed.entries()) {
    const target = bytes.subarray(at, at + sizes[index]!);
    if (file.readInto === undefined) target.set(await file.read(offset, target.length, options));
    else await file.readInto(target, offset, options);
    at += sizes[index]!;
    options.signal?.throwIfAborted();
  }
  bytes.set(END, at);
  const decoded = withinAllowance(mostBytes, () =>
    asContent(`The batch at byte ${batches[0]?.offset ?? 0}`, () => [...RecordBatchReader.from(bytes)]),
  );
  if (decoded.length !== batches.length)
    throw new BadContentError(`Of ${batches.length} batches ${decoded.length} can be decoded.`, { kind: 'counts' });
  for (const [index, batch] of decoded.entries()) {
    if (batch.numRows !== batches[index]!.rows)
      throw new BadContentError(`A batch has ${batch.numRows} rows and declares ${batches[index]!.rows}.`, {
        kind: 'counts',
      });
    for (const [column, { name }] of batch.schema.fields.entries()) {
      const data = batch.data.children[column]!;
      if (data.length !== batch.numRows)
        throw new BadContentError(`Column ${name} has ${data.length} values in a batch of ${batch.numRows} rows.`, {
          kind: 'counts',
          column: name,
        });
      asContent(`Column ${name}`, () => validate(data, name));
    }
  }
  return decoded;
}
