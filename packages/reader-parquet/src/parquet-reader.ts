import { RiffleError, type JsonValue, type OperationOptions, type ReadableFile, type Reader } from '@riffle/core';
import { compileParquetWasm, heldBytes, loadParquetWasm, type WasmModule } from '@riffle/codec-parquet';
import { directHeldBytes } from './direct/direct-memory.ts';
import { inspectFile } from './inspect-file.ts';
import { leafFile } from './leaf-file.ts';
import { openFile, type OpenedFile } from './opened-file.ts';
import { readFragment } from './read-fragment.ts';
import { surveyFile } from './survey.ts';

const NAME = 'parquet';

const capabilities = Object.freeze({ rowCounts: 'metadata', access: 'random' } as const);

/** `PAR1`, or `PARE` where the footer is encrypted: that is Parquet too, though it cannot be read. */
function isParquet(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && (head[3] === 0x31 || head[3] === 0x45);
}

/** Compiles the codec once, for all threads. */
export function prepare(): WasmModule {
  return compileParquetWasm();
}

/**
 * A reader of Parquet files; a fragment is a row group. It has no options.
 *
 * Batches are views of the codec's memory. They hold until the next batch is asked for, and until anything else reads or
 * writes Parquet in the same thread: so read one fragment at a time in a thread, and copy what is to be kept.
 *
 * @param shared what {@link prepare} returned; without it the codec is compiled at first use.
 * @throws RiffleError `PLUGIN_INVALID` if options are given.
 *
 * @example
 * const reader = createParquetReader();
 * const { fragments } = await reader.survey(file);
 * for await (const batch of reader.read(file, 0, { targetBatchBytes: 8 * 2 ** 20 })) console.log(batch.numRows);
 */
export function createParquetReader(options?: JsonValue, shared?: unknown): Reader {
  if (options !== undefined && options !== null && Object.keys(options).length > 0) {
    throw new RiffleError('PLUGIN_INVALID', 'The Parquet reader has no options; remove them from the recipe.', {
      plugin: NAME,
    });
  }
  const load = () => loadParquetWasm(shared as WasmModule | undefined);
  let opened = new WeakMap<ReadableFile, Promise<OpenedFile>>();

  function open(file: ReadableFile, operation: OperationOptions): Promise<OpenedFile> {
    const known = opened.get(file);
    if (known !== undefined) return known;
    const opening = openFile(load(), file, operation);
    opened.set(file, opening);
    opening.catch(() => opened.delete(file));
    return opening;
  }

  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: NAME,
    capabilities,
    extensions: ['.parquet', '.parq', '.pq'],
    headBytes: 4,
    detect: isParquet,
    survey: async (file, operation = {}) => {
      operation.signal?.throwIfAborted();
      return surveyFile(await open(file, operation));
    },
    async *read(file, fragment, readOptions) {
      readOptions.signal?.throwIfAborted();
      const { signal, column } = readOptions;
      const opened = await open(file, { signal });
      const leaf = column === undefined ? undefined : leafFile(file, opened, fragment, column);
      if (leaf === undefined) return yield* readFragment(load(), file, opened, fragment, readOptions);
      yield* readFragment(load(), leaf, await openFile(load(), leaf, { signal }), 0, readOptions);
    },
    inspect: async (file, operation = {}) => {
      operation.signal?.throwIfAborted();
      return inspectFile(await open(file, operation));
    },
    release: () => {
      opened = new WeakMap();
    },
    heldBytes: () => heldBytes() + directHeldBytes(),
  };
}
