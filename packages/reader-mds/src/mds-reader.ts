import { schemaFromBytes, schemaToBytes } from '@riffle/columnar';
import {
  RiffleError,
  type JsonValue,
  type OperationOptions,
  type ReadableFile,
  type Reader,
  type SurveyOptions,
} from '@riffle/core';
import { RecordBatch, Struct } from 'apache-arrow';
import { buildColumn } from './build-column.ts';
import { planFromSchema, planFromShard, type RowPlan } from './column-plan.ts';
import { cutFragments, rowsOfFragment } from './cut-fragments.ts';
import { makeAny } from './make-any.ts';
import { NAME, parseOptions } from './options.ts';
import { readBlocks, type RowBlock } from './read-blocks.ts';
import { readHeader, type ShardHeader } from './read-header.ts';
import { splitRows } from './split-rows.ts';

const capabilities = Object.freeze({ rowCounts: 'metadata', access: 'random' } as const);

/** Those of compressed shards are promised, too, so that they are refused and not passed over. */
const extensions = Object.freeze(['', '.zstd', '.gz', '.br', '.bz2', '.snappy'].map((codec) => `.mds${codec}`));

/** JSON of small numbers takes a quarter of their Arrow data, or less. */
const cellGrowth = 4;

function planOf({ columns }: ShardHeader, { schema }: SurveyOptions): RowPlan {
  return schema === undefined ? planFromShard(columns) : planFromSchema(columns, schemaFromBytes(schema));
}

function toBatch({ schema, columns, assemble }: RowPlan, block: RowBlock): RecordBatch {
  const rows = block.places.length - 1;
  const places = splitRows(block, columns);
  const data = columns.map((plan, index) => buildColumn(plan, block, places[index]!));
  const type = new Struct(schema.fields);
  return new RecordBatch(
    schema,
    makeAny({ type, length: rows, nullCount: 0, children: assemble(data, rows) }) as never,
  );
}

/**
 * A reader of MDS shards, as `MDSWriter` of MosaicML Streaming writes them. A fragment is a run of rows of about 32 MiB. `index.json` is not needed: every shard says
 * what it holds. Shards are known by their ending alone, since they begin with a number. Batches are yours.
 *
 * @throws RiffleError `PLUGIN_INVALID` for options that do not fit.
 *
 * @example
 * const reader = createMdsReader();
 * const { fragments } = await reader.survey(file);
 * for await (const batch of reader.read(file, 0, { targetBatchBytes: 8 * 2 ** 20 })) console.log(batch.numRows);
 */
export function createMdsReader(options?: JsonValue): Reader {
  const { fragmentBytes } = parseOptions(options);
  let headers = new WeakMap<ReadableFile, Promise<ShardHeader>>();

  function headerOf(file: ReadableFile, operation: OperationOptions): Promise<ShardHeader> {
    const known = headers.get(file);
    if (known !== undefined) return known;
    const reading = readHeader(file, operation);
    headers.set(file, reading);
    reading.catch(() => headers.delete(file));
    return reading;
  }

  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: NAME,
    capabilities,
    extensions,
    headBytes: 4,
    detect: () => false,
    async survey(file, operation = {}) {
      const { signal } = operation;
      signal?.throwIfAborted();
      const header = await headerOf(file, { signal });
      const { schema } = planOf(header, operation);
      return {
        rows: header.rows,
        fragments: await cutFragments(file, header, fragmentBytes, { signal }),
        schema: operation.schema ?? schemaToBytes(schema),
        columns: [],
        warnings:
          operation.schema === undefined
            ? header.columns.flatMap(({ name, told }) => (told === undefined ? [] : [`Column ${name} is ${told}.`]))
            : [],
      };
    },
    async *read(file, fragment, readOptions) {
      const { signal, targetBatchBytes } = readOptions;
      signal?.throwIfAborted();
      const header = await headerOf(file, { signal });
      const range = rowsOfFragment(file, header, fragmentBytes, fragment);
      if (range === undefined)
        throw new RiffleError('INTERNAL', `Fragment ${fragment} was asked for, and the file has fewer.`);
      const plan = planOf(header, readOptions);
      const hasCells = plan.columns.some(({ form }) => form.layout === 'json');
      const blockBytes = hasCells ? targetBatchBytes / cellGrowth : targetBatchBytes;
      for await (const block of readBlocks(file, header, range, blockBytes, { signal })) yield toBatch(plan, block);
    },
    release: () => {
      headers = new WeakMap();
    },
  };
}
