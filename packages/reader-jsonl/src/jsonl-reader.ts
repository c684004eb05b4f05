import { findCompression, givenTypes, heldByZstd, type BlockOptions } from '@riffle/codec-text';
import { schemaFromBytes, schemaToBytes } from '@riffle/columnar';
import { RiffleError, type JsonValue, type ReadableFile, type Reader, type SurveyOptions } from '@riffle/core';
import type { Schema } from 'apache-arrow';
import { headBytes, isJsonLines } from './detect.ts';
import { findSchema } from './find-schema.ts';
import { countRows } from './lines.ts';
import { NAME, parseOptions } from './options.ts';
import { readRows } from './read-rows.ts';

const capabilities = Object.freeze({ rowCounts: 'scan', access: 'random' } as const);

const plain = ['.jsonl', '.ndjson'];
const extensions = Object.freeze(['', '.gz', '.zst'].flatMap((codec) => plain.map((ending) => `${ending}${codec}`)));

/**
 * A reader of JSON lines: a JSON object on each line of UTF-8, plain, gzip or zstd. A fragment is a part of a plain file of about 32 MiB, or a compressed file.
 * Options are described in `optionsSchema`. Batches are yours.
 *
 * @throws RiffleError `PLUGIN_INVALID` for options that do not fit.
 *
 * @example
 * const reader = createJsonlReader({ types: { id: 'int32' } });
 * const { fragments } = await reader.survey(file);
 * for await (const batch of reader.read(file, 0, { targetBatchBytes: 8 * 2 ** 20 })) console.log(batch.numRows);
 */
export function createJsonlReader(options?: JsonValue): Reader {
  const { types, sampleRows, unknownMembers, maximumLineBytes, fragmentBytes, endings } = parseOptions(options);
  const given = givenTypes(NAME, types);
  let schemas = new WeakMap<ReadableFile, Promise<Schema>>();

  function schemaOf(file: ReadableFile, { schema }: SurveyOptions, blocks: BlockOptions): Schema | Promise<Schema> {
    if (schema !== undefined) return schemaFromBytes(schema);
    const known = schemas.get(file);
    if (known !== undefined) return known;
    const finding = findSchema(file, given, sampleRows, blocks);
    schemas.set(file, finding);
    finding.catch(() => schemas.delete(file));
    return finding;
  }

  /** How many fragments a file has: known from its size and its first bytes alone. */
  async function partsOf(file: ReadableFile, blocks: BlockOptions): Promise<number> {
    if (file.size === 0) return 0;
    return (await findCompression(file, blocks)) === 'none' ? Math.ceil(file.size / fragmentBytes) : 1;
  }

  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: NAME,
    capabilities,
    standsBeside: true,
    extensions: [...extensions, ...endings],
    headBytes,
    detect: isJsonLines,
    async survey(file, operation = {}) {
      const { signal } = operation;
      signal?.throwIfAborted();
      const blocks = { signal, maximumLineBytes };
      const schema = await schemaOf(file, operation, blocks);
      const parts = await partsOf(file, blocks);
      const rows = parts === 0 ? [] : await countRows(file, parts, fragmentBytes, blocks);
      return {
        rows: rows.reduce((sum, count) => sum + count, 0),
        fragments: rows.map((count, index) => ({
          rows: count,
          bytes: parts === 1 ? file.size : Math.min(fragmentBytes, file.size - index * fragmentBytes),
        })),
        schema: operation.schema ?? schemaToBytes(schema),
        columns: [],
        warnings: [],
      };
    },
    async *read(file, fragment, readOptions) {
      const { signal, limits, targetBatchBytes } = readOptions;
      signal?.throwIfAborted();
      const blocks = { signal, limits, maximumLineBytes };
      const parts = await partsOf(file, blocks);
      if (fragment >= parts)
        throw new RiffleError('INTERNAL', `Fragment ${fragment} was asked for; the file has ${parts}.`);
      const schema = await schemaOf(file, readOptions, blocks);
      const start = fragment * fragmentBytes;
      const range = parts === 1 ? undefined : { start, end: start + fragmentBytes };
      yield* readRows(file, schema, { ...blocks, range, targetBatchBytes, unknownMembers });
    },
    release: () => {
      schemas = new WeakMap();
    },
    heldBytes: heldByZstd,
  };
}
