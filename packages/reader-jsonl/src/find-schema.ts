import {
  createTypeInference,
  isObject,
  parseJson,
  TextProblem,
  withGivenTypes,
  type BlockOptions,
} from '@riffle/codec-text';
import { BadContentError, type ReadableFile } from '@riffle/core';
import type { Field, Schema } from 'apache-arrow';
import { atLine, readLines } from './lines.ts';

/**
 * The columns of a file: those whose types were given, and what its first rows show.
 * @throws BadContentError for a file without rows, a bad line, and values of different kinds in one place; with line and column
 */
export async function findSchema(
  file: ReadableFile,
  given: ReadonlyMap<string, Field>,
  sampleRows: number,
  options: BlockOptions,
): Promise<Schema> {
  const inference = createTypeInference(new Set(given.keys()));
  let rows = 0;
  reading: for await (const lines of readLines(file, options))
    for (const { text, number } of lines) {
      try {
        const row = parseJson(text, false);
        if (!isObject(row)) throw new TextProblem('It is no JSON object', 0);
        inference.add(row, number + 1);
      } catch (error) {
        throw await atLine(error, number, file, options);
      }
      if (++rows === sampleRows) break reading;
    }
  if (rows === 0) throw new BadContentError('It has no rows, so nothing tells its columns.', { kind: 'empty' });
  return withGivenTypes(inference.schema(), given);
}
