import {
  createRowBuilder,
  hasDecimals,
  parseJson,
  TextProblem,
  type BlockOptions,
  type UnknownMembers,
} from '@riffle/codec-text';
import { BadContentError, type ReadableFile } from '@riffle/core';
import type { RecordBatch, Schema } from 'apache-arrow';
import { atLine, readLines } from './lines.ts';

export interface RowOptions extends BlockOptions {
  readonly targetBatchBytes: number;
  readonly unknownMembers: UnknownMembers;
}

/**
 * The rows of a file or of a range of it, in batches of about a size.
 * @throws BadContentError with line and column for a line that is no row of the schema; if more Arrow data comes of it than both limits allow
 */
export async function* readRows(file: ReadableFile, schema: Schema, options: RowOptions): AsyncGenerator<RecordBatch> {
  const { targetBatchBytes, unknownMembers, limits } = options;
  const builder = createRowBuilder(schema, unknownMembers);
  const keepFractions = hasDecimals(schema.fields);
  const most = limits === undefined ? Infinity : Math.max(limits.decodedBytes, limits.ratio * file.size);
  let decoded = 0;
  const finish = () => {
    decoded += builder.bytesWith(0);
    if (decoded > most)
      throw new BadContentError(
        `A decompression bomb: ${file.size} bytes of file decode to more than ${most} bytes of Arrow data.`,
        { kind: 'bomb' },
      );
    return builder.finish();
  };
  for await (const lines of readLines(file, options))
    for (const { text, number } of lines) {
      if (builder.rows() > 0 && builder.bytesWith(text.length) > targetBatchBytes) yield finish();
      try {
        const row = parseJson(text, keepFractions);
        if (row === null) throw new TextProblem('It is no JSON object', 0);
        builder.append(row, text.length);
      } catch (error) {
        throw await atLine(error, number, file, options);
      }
    }
  if (builder.rows() > 0) yield finish();
}
