import type { ParquetWasm } from '@riffle/codec-parquet';
import type { RecordBatch } from 'apache-arrow';
import { arrowBytes } from '@riffle/columnar';
import { createChunkBuilder } from './chunk-builder.ts';
import { encodeGroup, groupBatch, keptBatch, type GroupBatch } from './encode-group.ts';
import type { EncodingGroup } from './encoding-groups.ts';
import type { WrittenChunk, WrittenRowGroup } from './footer.ts';
import type { Output } from './output.ts';
import { slicesOf } from './slices.ts';
import type { Template } from './template.ts';

/** The row group being filled. Holds encoded pages, and the plain values of columns that get a dictionary. */
export interface RowGroupBuilder {
  readonly rows: number;
  /** Whether the row group has to be written before this batch. Depends on the batches alone. */
  isFullFor(batch: RecordBatch, bytes: number): boolean;
  /** Encodes the batch, or copies what has to wait. `bytes` is its Arrow data. */
  add(batch: RecordBatch, bytes: number): void;
  /** Writes all chunks, one after the other. Nothing may be called afterwards. */
  writeTo(output: Output): Promise<WrittenRowGroup>;
}

/** The row-group size of parquet-rs and parquet-java; readers plan with it. */
const MAXIMUM_ROWS = 2 ** 20;
/** A column that gets a dictionary may fill this part of the row group, since it is encoded in one piece. */
const DEFERRED_PART = 4;

interface Deferred {
  readonly group: EncodingGroup;
  readonly batches: GroupBatch[];
  bytes: number;
}

export function createRowGroup(wasm: ParquetWasm, template: Template, groups: readonly EncodingGroup[], rowGroupBytes: number): RowGroupBuilder {
  const builders = template.footer.leaves.map((leaf) => createChunkBuilder(leaf));
  const direct = groups.filter((group) => !group.deferred);
  const deferred = groups.filter((group) => group.deferred).map((group): Deferred => ({ group, batches: [], bytes: 0 }));
  let rows = 0;
  let bytes = 0;

  function append(group: EncodingGroup, batches: readonly GroupBatch[]): void {
    const encodedRows = batches.reduce((sum, batch) => sum + batch.rows, 0);
    for (const { leaf, chunk, nulls } of encodeGroup(wasm, template, group, batches)) builders[leaf]!.append(chunk, nulls, encodedRows);
  }

  async function writeChunk(leaf: number, output: Output): Promise<WrittenChunk> {
    const waiting = deferred.find(({ group }) => group.leaves[0] === leaf);
    if (waiting !== undefined) append(waiting.group, waiting.batches.splice(0));
    const builder = builders[leaf]!;
    const { position } = output;
    for (const piece of builder.pieces) await output.write(piece);
    return { position, bytes: builder.bytes, uncompressedBytes: builder.uncompressedBytes, metadata: builder.metadata(position), locations: builder.locations };
  }

  return {
    get rows() {
      return rows;
    },
    isFullFor(batch, batchBytes) {
      if (rows === 0) return false;
      if (bytes + batchBytes > rowGroupBytes || rows + batch.numRows > MAXIMUM_ROWS) return true;
      return deferred.some(({ group, bytes: kept }) => kept + arrowBytes(group.projection.project(batch)) > rowGroupBytes / DEFERRED_PART);
    },
    add(batch, batchBytes) {
      for (const slice of slicesOf(batch, batchBytes)) {
        for (const group of direct) append(group, [groupBatch(group, slice)]);
      }
      for (const waiting of deferred) {
        waiting.bytes += arrowBytes(waiting.group.projection.project(batch));
        waiting.batches.push(keptBatch(groupBatch(waiting.group, batch)));
      }
      rows += batch.numRows;
      bytes += batchBytes;
    },
    async writeTo(output) {
      const chunks: WrittenChunk[] = [];
      for (const leaf of builders.keys()) chunks.push(await writeChunk(leaf, output));
      return { rows, chunks };
    },
  };
}
