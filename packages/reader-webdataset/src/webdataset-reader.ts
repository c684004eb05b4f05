import { BLOCK, isHeader, type MemberPlan } from '@riffle/codec-webdataset';
import { schemaFromBytes, schemaToBytes } from '@riffle/columnar';
import {
  RiffleError,
  type JsonValue,
  type OperationOptions,
  type ReadableFile,
  type Reader,
  type SurveyOptions,
} from '@riffle/core';
import { planOfEndings, planOfSchema } from './column-plan.ts';
import { NAME, parseOptions } from './options.ts';
import { readSamples } from './read-samples.ts';
import { scanSamples, type ScannedArchive } from './scan-samples.ts';

const capabilities = Object.freeze({ rowCounts: 'metadata', access: 'random' } as const);

/**
 * A reader of WebDataset shards: tar archives, in which members of one key that stand side by side are a row, and each ending is a column.
 * A fragment is a run of samples of about 4 MiB, or a larger sample. Options are described in {@link optionsSchema}. Batches are yours.
 *
 * @throws RiffleError `PLUGIN_INVALID` for options that do not fit.
 *
 * @example
 * const reader = createWebdatasetReader({ types: { cls: 'int32' } });
 * const { fragments } = await reader.survey(file);
 * for await (const batch of reader.read(file, 0, { targetBatchBytes: 8 * 2 ** 20 })) console.log(batch.numRows);
 */
export function createWebdatasetReader(options?: JsonValue): Reader {
  const types = parseOptions(options);
  let scanned = new WeakMap<ReadableFile, Promise<ScannedArchive>>();

  function scanOnce(file: ReadableFile, operation: OperationOptions): Promise<ScannedArchive> {
    const known = scanned.get(file);
    if (known !== undefined) return known;
    const scanning = scanSamples(file, operation);
    scanned.set(file, scanning);
    scanning.catch(() => scanned.delete(file));
    return scanning;
  }

  const planOf = ({ endings, renames }: ScannedArchive, { schema }: SurveyOptions): MemberPlan =>
    schema === undefined ? planOfEndings(endings, types) : planOfSchema(schemaFromBytes(schema), renames);

  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: NAME,
    capabilities,
    isDescribedByNamesakes: true,
    extensions: ['.tar'],
    headBytes: BLOCK,
    detect: isHeader,
    async survey(file, operation = {}) {
      operation.signal?.throwIfAborted();
      const archive = await scanOnce(file, { signal: operation.signal });
      const { runs, warnings } = archive;
      return {
        rows: runs.reduce((sum, { rows }) => sum + rows, 0),
        fragments: runs.map(({ start, end, rows }) => ({ rows, bytes: end - start })),
        schema: operation.schema ?? schemaToBytes(planOf(archive, operation).schema),
        columns: [],
        warnings,
      };
    },
    async *read(file, fragment, readOptions) {
      const { signal, targetBatchBytes } = readOptions;
      signal?.throwIfAborted();
      const archive = await scanOnce(file, { signal });
      const run = archive.runs[fragment];
      if (run === undefined)
        throw new RiffleError('INTERNAL', `Fragment ${fragment} was asked for; the file has ${archive.runs.length}.`);
      yield* readSamples(file, run, planOf(archive, readOptions), { signal, targetBatchBytes });
    },
    release: () => {
      scanned = new WeakMap();
    },
  };
}
