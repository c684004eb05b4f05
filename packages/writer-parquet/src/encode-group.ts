import type { ParquetWasm } from '@riffle/codec-parquet';
import { RiffleError } from '@riffle/core';
import type { RecordBatch } from 'apache-arrow';
import { checkText } from './check-text.ts';
import { encodeFile } from './encode.ts';
import { chunksOf, type EncodedChunk } from './encoded-chunk.ts';
import type { EncodingGroup } from './encoding-groups.ts';
import { batchMessage, keptMessage, type IpcMessage } from './ipc-message.ts';
import { validCounts } from './null-counts.ts';
import type { Template } from './template.ts';

/** A batch cut down to a group's leaves, ready to be encoded. */
export interface GroupBatch {
  readonly message: IpcMessage;
  readonly rows: number;
  /** Values of each leaf that are not null, where that is cheap to know. */
  readonly valid: readonly (number | undefined)[];
}

/** A chunk for each leaf of a group, with the number of its nulls. */
export interface GroupChunk {
  readonly leaf: number;
  readonly chunk: EncodedChunk;
  readonly nulls: number;
}

/** Views the batch's buffers. */
export function groupBatch(group: EncodingGroup, batch: RecordBatch): GroupBatch {
  const own = group.projection.project(batch);
  checkText(own);
  const message = batchMessage(own);
  return { message, rows: batch.numRows, valid: validCounts(group.projection.schema.fields, message.nodes) };
}

/** The same with its data copied, so that it survives the batch. */
export function keptBatch(batch: GroupBatch): GroupBatch {
  return { ...batch, message: keptMessage(batch.message) };
}

function failure(template: Template, group: EncodingGroup, cause: unknown): RiffleError {
  const columns = group.leaves.map((leaf) => template.leaves[leaf]!.path.join('.'));
  const message = `parquet-wasm failed to encode ${columns.length === 1 ? 'column' : 'columns'} ${columns.join(', ')}: ${String(cause)}.`;
  return new RiffleError('INTERNAL', message, { column: columns[0]!, columns }, { cause });
}

/** A leaf cut out of the schema must keep its type and levels, or its pages would be read wrongly. */
function checkLeaf(template: Template, leaf: number, { leaf: encoded }: EncodedChunk): void {
  const expected = template.footer.leaves[leaf]!;
  const same =
    expected.maximumDefinitionLevel === encoded.maximumDefinitionLevel &&
    expected.maximumRepetitionLevel === encoded.maximumRepetitionLevel &&
    expected.element.physicalType === encoded.element.physicalType &&
    expected.element.typeLength === encoded.element.typeLength;
  if (!same)
    throw new RiffleError(
      'INTERNAL',
      `Column ${expected.path.join('.')} was encoded with other levels than its schema has; please report this.`,
      { column: expected.path.join('.') },
    );
}

/**
 * Encodes batches of one group, together, as one chunk for each of its leaves.
 * @param place Where the pages go, see {@link encodeFile}.
 */
export function encodeGroup(
  wasm: ParquetWasm,
  template: Template,
  group: EncodingGroup,
  batches: readonly GroupBatch[],
  place?: (bytes: number) => Uint8Array,
): readonly GroupChunk[] {
  const countedByCodec = batches.some(({ valid }) => valid.includes(undefined));
  let chunks: readonly EncodedChunk[];
  try {
    const messages = batches.map(({ message }) => message);
    chunks = chunksOf(encodeFile(wasm, group.schemaMessage, messages, group.settings, countedByCodec, place));
  } catch (error) {
    throw failure(template, group, error);
  }
  return chunks.map((chunk, index) => {
    const leaf = group.leaves[index]!;
    checkLeaf(template, leaf, chunk);
    const valid = batches.reduce((sum, batch) => sum + (batch.valid[index] ?? 0), 0);
    return { leaf, chunk, nulls: chunk.nulls ?? chunk.values - valid };
  });
}
