import type { ParquetWasm } from '@riffle/codec-parquet';
import type { RecordBatch } from 'apache-arrow';
import { arrowBytes } from '@riffle/columnar';
import { createChunkBuilder } from './chunk-builder.ts';
import { newBytes } from './encode.ts';
import { encodeGroup, groupBatch, keptBatch, type GroupBatch } from './encode-group.ts';
import type { EncodingGroup } from './encoding-groups.ts';
import type { WrittenChunk, WrittenRowGroup } from './footer.ts';
import type { Output } from './output.ts';
import type { Loan, Scratch } from './scratch.ts';
import { slicesOf } from './slices.ts';
import type { Template } from './template.ts';

/**
 * The row group being filled. Its largest column goes to the file while it is encoded; of the others it holds the encoded
 * pages until the end, because a column chunk must be in one piece. Chunks may stand in any order, so this is free to choose.
 */
export interface RowGroupBuilder {
  readonly rows: number;
  /** Whether the row group has to be closed before this batch. Depends on the batches alone. */
  isFullFor(batch: RecordBatch, bytes: number): boolean;
  /** Encodes the batch, or copies what has to wait for the dictionary. `bytes` is its Arrow data. */
  add(batch: RecordBatch, bytes: number, output: Output): Promise<void>;
  /** Writes what is left. Nothing may be called afterwards. */
  close(output: Output): Promise<WrittenRowGroup>;
}

/** The most rows of a row group: that of parquet-rs and parquet-java; readers plan with it. */
export const MAXIMUM_ROWS = 2 ** 20;
/**
 * The most bytes of pages before compression. The Hub's viewer shows no row group of more than 286 MiB. How many bytes a batch
 * will add is known only once it is encoded, so this keeps clear of it by what a batch of 8 MiB can grow (a byte becomes four).
 */
const MAXIMUM_UNCOMPRESSED_BYTES = 256 * 2 ** 20;
/** A column that gets a dictionary may fill this part of a row group, since it is encoded in one piece at the end, */
const DEFERRED_PART = 4;
/** but no more than this, which bounds the codec's memory whatever the row group. */
export const DEFERRED_BYTES = 16 * 2 ** 20;

/** Bytes of Arrow data of a column with a dictionary that close a row group of at most `rowGroupBytes`. */
export function deferredLimit(rowGroupBytes: number): number {
  return Math.min(DEFERRED_BYTES, rowGroupBytes / DEFERRED_PART);
}

interface Deferred {
  readonly group: EncodingGroup;
  readonly batches: GroupBatch[];
  bytes: number;
}

/** The column that is written while it is encoded. */
interface Streamed {
  readonly leaf: number;
  readonly position: number;
}

export function createRowGroup(
  wasm: ParquetWasm,
  template: Template,
  groups: readonly EncodingGroup[],
  rowGroupBytes: number,
  scratch: Scratch,
): RowGroupBuilder {
  const builders = template.footer.leaves.map((leaf) => createChunkBuilder(leaf));
  const direct = groups.filter((group) => !group.deferred);
  const deferred = groups
    .filter((group) => group.deferred)
    .map((group): Deferred => ({ group, batches: [], bytes: 0 }));
  const mostDeferred = deferredLimit(rowGroupBytes);
  let streamed: Streamed | undefined;
  let rows = 0;
  let bytes = 0;

  /** Whether a group has the leaf that is written while it is encoded, or most likely will. */
  function isStreamed({ leaves }: Pick<EncodingGroup, 'leaves'>): boolean {
    const leaf = streamed?.leaf ?? scratch.streamedLeaf;
    return leaf !== undefined && leaves.includes(leaf);
  }

  function append(group: EncodingGroup, batches: readonly GroupBatch[], loan?: Loan): void {
    const encodedRows = batches.reduce((sum, batch) => sum + batch.rows, 0);
    for (const { leaf, chunk, nulls } of encodeGroup(wasm, template, group, batches, loan?.take))
      builders[leaf]!.append(chunk, nulls, encodedRows);
  }

  function appendSlice(group: EncodingGroup, slice: RecordBatch, borrowed: Loan | undefined): void {
    const [leaf] = group.leaves as readonly [number];
    // What is encoded into it is written or copied before the next slice.
    const loan = isStreamed(group) ? borrowed : undefined;
    const own = group.encodeDirectly?.(
      template.footer.leaves[leaf]!,
      group.projection.project(slice),
      loan?.take ?? newBytes,
    );
    if (own !== undefined) builders[leaf]!.append(own.chunk, own.nulls, slice.numRows);
    else appendRest(group, appendTexts(group, slice, borrowed), slice, borrowed);
  }

  /** Encodes what can be of a group's texts, each alone, and returns their leaves. */
  function appendTexts({ texts }: EncodingGroup, slice: RecordBatch, borrowed: Loan | undefined): readonly number[] {
    return texts.flatMap(({ leaf, projection, encode }) => {
      const loan = isStreamed({ leaves: [leaf] }) ? borrowed : undefined;
      const own = encode(template.footer.leaves[leaf]!, projection.project(slice), loan?.take ?? newBytes);
      if (own === undefined) return [];
      builders[leaf]!.append(own.chunk, own.nulls, slice.numRows);
      return [leaf];
    });
  }

  function appendRest(
    group: EncodingGroup,
    taken: readonly number[],
    slice: RecordBatch,
    borrowed: Loan | undefined,
  ): void {
    const rest = taken.length === 0 ? group : group.without(taken);
    if (rest !== undefined) append(rest, [groupBatch(rest, slice)], isStreamed(rest) ? borrowed : undefined);
  }

  /** Bytes of pages before compression once a batch of so much Arrow data is added; what waits for a dictionary counts as Arrow data. */
  function uncompressedWith(batchBytes: number): number {
    const waiting = deferred.reduce((sum, { bytes: kept }) => sum + kept, 0);
    const encoded = builders.reduce((sum, { uncompressedBytes }) => sum + uncompressedBytes, 0);
    return waiting + encoded + batchBytes * Math.max(1, encoded / Math.max(1, bytes - waiting));
  }

  async function writePieces(leaf: number, output: Output): Promise<void> {
    for (const piece of builders[leaf]!.takePieces()) await output.write(piece);
  }

  /** Of the columns encoded so far, the one with the most bytes. */
  function largestLeaf(): number | undefined {
    const leaves = direct.flatMap((group) => group.leaves).toSorted((left, right) => left - right);
    return leaves.length === 0
      ? undefined
      : leaves.reduce((left, right) => (builders[right]!.bytes > builders[left]!.bytes ? right : left));
  }

  async function stream(output: Output): Promise<void> {
    const leaf = streamed?.leaf ?? largestLeaf();
    if (leaf === undefined) return;
    const expected = direct.find(isStreamed);
    streamed ??= { leaf, position: output.position };
    scratch.streamedLeaf = leaf;
    await writePieces(leaf, output);
    for (const group of new Set([expected, direct.find(isStreamed)]))
      for (const neighbour of group?.leaves ?? []) builders[neighbour]!.detach();
  }

  async function writeChunk(leaf: number, output: Output): Promise<WrittenChunk> {
    const waiting = deferred.find(({ group }) => group.leaves[0] === leaf);
    if (waiting !== undefined) append(waiting.group, waiting.batches.splice(0));
    const builder = builders[leaf]!;
    const position = streamed?.leaf === leaf ? streamed.position : output.position;
    await writePieces(leaf, output);
    return {
      position,
      bytes: builder.bytes,
      uncompressedBytes: builder.uncompressedBytes,
      metadata: builder.metadata(position),
      locations: builder.locations,
    };
  }

  return {
    get rows() {
      return rows;
    },
    isFullFor(batch, batchBytes) {
      if (rows === 0) return false;
      if (bytes + batchBytes > rowGroupBytes || rows + batch.numRows > MAXIMUM_ROWS) return true;
      if (uncompressedWith(batchBytes) > MAXIMUM_UNCOMPRESSED_BYTES) return true;
      return deferred.some(
        ({ group, bytes: kept }) => kept + arrowBytes(group.projection.project(batch)) > mostDeferred,
      );
    },
    async add(batch, batchBytes, output) {
      for (const waiting of deferred) {
        waiting.bytes += arrowBytes(waiting.group.projection.project(batch));
        waiting.batches.push(keptBatch(groupBatch(waiting.group, batch)));
      }
      rows += batch.numRows;
      bytes += batchBytes;
      for (const slice of slicesOf(batch, batchBytes)) {
        const loan = scratch.borrow();
        try {
          for (const group of direct) appendSlice(group, slice, loan);
          await stream(output);
        } finally {
          loan?.giveBack();
        }
      }
    },
    async close(output) {
      const chunks: WrittenChunk[] = [];
      for (const leaf of builders.keys()) chunks.push(await writeChunk(leaf, output));
      return { rows, chunks };
    },
  };
}
