import {
  BadContentError,
  RiffleError,
  type DecodeLimits,
  type FileSurvey,
  type JsonValue,
  type OperationOptions,
  type ReadableFile,
  type Reader,
} from '@riffle/core';
import { arrowBytes, schemaToBytes } from '@riffle/columnar';
import type { RecordBatch, Schema } from 'apache-arrow';
import { cutFragments } from './cut-fragments.ts';
import { decodeSchema } from './decode-schema.ts';
import { decodeBatches } from './decode-batches.ts';
import { indexDictionaries, type DictionaryIndex } from './dictionary-index.ts';
import { isStream, MAGIC, startsWith } from './layout.ts';
import type { BatchPlace } from './message-place.ts';
import { partsOf } from './parts-of.ts';
import { readFile } from './read-file.ts';
import { readStream } from './read-stream.ts';
import { heldByZstd } from './zstd.ts';

const NAME = 'arrow';

/**
 * What `datasets` calls the results of `map`, `filter` or `sort`, which it keeps in the folder that the data set was loaded from, and what it calls them until they are
 * whole, as an interrupted one leaves them: names of Python's `tempfile`.
 * Source: `_get_cache_file_path` in https://github.com/huggingface/datasets/blob/main/src/datasets/arrow_dataset.py
 */
const CACHE = /^(?:cache-.+\.arrow|tmp[a-z0-9_]{8})$/;

const capabilities = Object.freeze({ rowCounts: 'metadata', access: 'random' } as const);

/** What is kept of a file. */
interface OpenedFile {
  /** The message that a stream begins with. */
  readonly schemaBytes: Uint8Array;
  readonly schema: Schema;
  readonly dictionaries: DictionaryIndex;
  /** Of each fragment: batches that stand side by side. */
  readonly fragments: readonly (readonly BatchPlace[])[];
}

async function open(file: ReadableFile, options: OperationOptions): Promise<OpenedFile> {
  if (file.size === 0) throw new BadContentError('It is empty (0 bytes).', { kind: 'empty', bytes: 0 });
  const head = await file.read(0, Math.min(file.size, MAGIC.length), options);
  const isFile = startsWith(head, MAGIC);
  if (!isFile && !isStream(head))
    throw new BadContentError('It is not Arrow: it begins neither with ARROW1 nor with a message of a stream.', {
      kind: 'format',
    });
  const { schema, dictionaries, batches } = await (isFile ? readFile : readStream)(file, options);
  return {
    schemaBytes: schema,
    schema: decodeSchema(file.location, schema),
    dictionaries: indexDictionaries(dictionaries),
    fragments: cutFragments(batches),
  };
}

const sizeOf = ({ metadataBytes, bodyBytes }: BatchPlace) => metadataBytes + bodyBytes;

function surveyOf({ schema, fragments }: OpenedFile): FileSurvey {
  const found = fragments.map((batches) => ({
    rows: batches.reduce((sum, { rows }) => sum + rows, 0),
    bytes: batches.reduce((sum, batch) => sum + sizeOf(batch), 0),
  }));
  return {
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    fragments: found,
    schema: schemaToBytes(schema),
    columns: [],
    warnings: [],
  };
}

/** What a file may decode to, by both limits. */
function mostBytes({ size }: ReadableFile, limits: DecodeLimits | undefined): number {
  return limits === undefined ? Infinity : Math.max(limits.decodedBytes, limits.ratio * size);
}

/** Batches are decoded as many at a time as fit the target; a larger one is decoded whole, and cut. */
async function* read(
  file: ReadableFile,
  { schemaBytes, schema, dictionaries }: OpenedFile,
  batches: readonly BatchPlace[],
  { targetBatchBytes, limits, signal }: Parameters<Reader['read']>[2],
): AsyncGenerator<RecordBatch> {
  const context = { schemaBytes, schema, dictionaries, mostBytes: mostBytes(file, limits) };
  for (let first = 0; first < batches.length;) {
    let end = first + 1;
    let bytes = sizeOf(batches[first]!);
    while (end < batches.length && bytes + sizeOf(batches[end]!) <= targetBatchBytes) bytes += sizeOf(batches[end++]!);
    signal?.throwIfAborted();
    for (const batch of await decodeBatches(file, context, batches.slice(first, end), { signal }))
      for (const part of partsOf(batch, arrowBytes(batch), targetBatchBytes)) if (part.numRows > 0) yield part;
    first = end;
  }
}

/**
 * A reader of Arrow IPC files and streams, compressed or not, as `pyarrow`, Polars and Hugging Face `datasets` write them. A fragment is a run of record batches.
 * It has no options. Batches are views of memory that is read for them, and yours.
 *
 * @throws RiffleError `PLUGIN_INVALID` if options are given.
 *
 * @example
 * const reader = createArrowReader();
 * const { fragments } = await reader.survey(file);
 * for await (const batch of reader.read(file, 0, { targetBatchBytes: 8 * 2 ** 20 })) console.log(batch.numRows);
 */
export function createArrowReader(options?: JsonValue): Reader {
  if (options !== undefined && options !== null && Object.keys(options).length > 0)
    throw new RiffleError('PLUGIN_INVALID', 'The Arrow reader has no options; remove them from the recipe.', {
      plugin: NAME,
    });
  let opened = new WeakMap<ReadableFile, Promise<OpenedFile>>();

  function openOnce(file: ReadableFile, operation: OperationOptions): Promise<OpenedFile> {
    const known = opened.get(file);
    if (known !== undefined) return known;
    const opening = open(file, operation);
    opened.set(file, opening);
    opening.catch(() => opened.delete(file));
    return opening;
  }

  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: NAME,
    capabilities,
    extensions: ['.arrow', '.feather', '.arrows', '.ipc'],
    headBytes: MAGIC.length,
    isCache: (name) => CACHE.test(name),
    detect: (head) => startsWith(head, MAGIC) || isStream(head),
    survey: async (file, operation = {}) => {
      operation.signal?.throwIfAborted();
      return surveyOf(await openOnce(file, { signal: operation.signal }));
    },
    async *read(file, fragment, readOptions) {
      readOptions.signal?.throwIfAborted();
      const found = await openOnce(file, { signal: readOptions.signal });
      const batches = found.fragments[fragment];
      if (batches === undefined)
        throw new RiffleError(
          'INTERNAL',
          `Fragment ${fragment} was asked for; the file has ${found.fragments.length}.`,
        );
      yield* read(file, found, batches, readOptions);
    },
    heldBytes: heldByZstd,
    release: () => {
      opened = new WeakMap();
    },
  };
}
