import { findUnspelled } from '@riffle/codec-text';
import { END, frameMember, NOTE, planMembers, type Renames } from '@riffle/codec-webdataset';
import {
  RiffleError,
  type JsonValue,
  type OperationOptions,
  type ShardTarget,
  type ShardWriter,
  type Writer,
} from '@riffle/core';
import type { RecordBatch, Schema } from 'apache-arrow';
import { NAME, parseOptions } from './options.ts';
import { keysOfRows, membersOfRows } from './sample-members.ts';

const capabilities = Object.freeze({ compression: Object.freeze(['none'] as const) });

/** Bytes that are gathered before they are written. */
const flushBytes = 2 ** 20;
const keyDigits = 9;

const columnsOf = ({ fields }: Schema) => fields.map(({ name, type }) => `${name}: ${String(type)}`).join(', ');

function createShardWriter(
  target: ShardTarget,
  schema: Schema,
  members: Renames,
  /** Rows of the result before those of the shard. */
  firstRow: number,
  { signal }: OperationOptions,
): ShardWriter {
  const unspelled = findUnspelled(schema);
  if (unspelled !== undefined)
    throw new RiffleError('UNSUPPORTED_CONTENT', unspelled.reason, { column: unspelled.column });
  const plan = planMembers(schema, members);
  const columns = columnsOf(schema);
  let isOver = false;
  let rows = 0;
  let lastKey: string | undefined;
  let pieces: Uint8Array[] = [];
  let gathered = 0;

  function add(name: string, bytes: Uint8Array): void {
    const { before, after } = frameMember(name, bytes.length);
    pieces.push(before, bytes, after);
    gathered += before.length + bytes.length + after.length;
  }

  async function flush(): Promise<void> {
    const bytes = Buffer.concat(pieces);
    [pieces, gathered] = [[], 0];
    if (bytes.length > 0 && !isOver) await target.write(bytes);
  }

  function refuseOver(): void {
    signal?.throwIfAborted();
    if (isOver) throw new RiffleError('INTERNAL', 'The shard was closed or aborted before.');
  }

  if (Object.keys(members).length > 0) add(NOTE, Buffer.from(JSON.stringify({ members })));

  return {
    async write(batch: RecordBatch) {
      refuseOver();
      if (columnsOf(batch.schema) !== columns)
        throw new RiffleError(
          'INTERNAL',
          `A batch has the columns ${columnsOf(batch.schema)}, and the shard ${columns}.`,
        );
      const membersOf = membersOfRows(batch, plan);
      const keyOf = keysOfRows(batch, plan);
      for (let row = 0; row < batch.numRows; row++) {
        const key = keyOf?.(row) ?? String(firstRow + rows).padStart(keyDigits, '0');
        if (key === lastKey)
          throw new RiffleError(
            'UNSUPPORTED_CONTENT',
            `Two rows that follow each other have the __key__ ${JSON.stringify(key)}: they would be one sample. Rename the column, and keys are made.`,
            { column: '__key__' },
          );
        lastKey = key;
        for (const { ending, bytes } of membersOf(row)) add(`${key}.${ending}`, bytes);
        rows++;
        if (gathered >= flushBytes) await flush();
      }
      await flush();
    },
    async close() {
      refuseOver();
      await flush();
      await target.write(END);
      isOver = true;
      return { rows };
    },
    async abort() {
      isOver = true;
      pieces = [];
    },
  };
}

/**
 * A writer of WebDataset shards: a sample for each row, keyed by the column `__key__` or by the row's number in the result, so that keys are unique in all shards. Bytes depend on the
 * rows alone: time 0, owner 0, mode 0644. Options are described in {@link optionsSchema}.
 *
 * @throws RiffleError `PLUGIN_INVALID` for options that do not fit.
 */
export function createWebdatasetWriter(options?: JsonValue): Writer {
  const { members } = parseOptions(options);
  return {
    specificationVersion: 'v1',
    role: 'writer',
    name: NAME,
    capabilities,
    extension: '.tar',
    async create(target, { schema, compression, place }, operation = {}) {
      operation.signal?.throwIfAborted();
      if (compression !== 'none')
        throw new RiffleError(
          'RECIPE_INVALID',
          `WebDataset shards are written without compression, and ${compression} was asked for. Give --compression none.`,
          { compression },
        );
      return createShardWriter(target, schema, members, place?.firstRow ?? 0, operation);
    },
    // About a megabyte and one row, as pieces and joined.
    estimateHeldBytes: ({ rowGroupBytes }) => 2 * flushBytes + 2 * rowGroupBytes,
  };
}
