import type { ParquetWasm } from '@riffle/codec-parquet';
import { arrowBytes } from '@riffle/columnar';
import { RiffleError, type OperationOptions, type ShardTarget, type ShardWriter } from '@riffle/core';
import type { EncodingGroup } from './encoding-groups.ts';
import { tailBytes, type WrittenRowGroup } from './footer.ts';
import { createOutput } from './output.ts';
import { createRowGroup, type RowGroupBuilder } from './row-group.ts';
import type { Scratch } from './scratch.ts';
import type { Template } from './template.ts';

const MAGIC = Buffer.from('PAR1', 'latin1');

/** One Parquet file being written. `scratch` may be shared by all files of a thread. Between calls it holds no wasm memory, only encoded pages of the open row group. */
export function createShardWriter(
  wasm: ParquetWasm,
  target: ShardTarget,
  template: Template,
  groups: readonly EncodingGroup[],
  rowGroupBytes: number,
  scratch: Scratch,
  { signal }: OperationOptions = {},
): ShardWriter {
  const output = createOutput(target);
  const newRowGroup = (): RowGroupBuilder => createRowGroup(wasm, template, groups, rowGroupBytes, scratch);
  const written: WrittenRowGroup[] = [];
  let open: RowGroupBuilder | undefined = newRowGroup();
  let started = false;

  function current(): RowGroupBuilder {
    signal?.throwIfAborted();
    if (open === undefined)
      throw new RiffleError('INTERNAL', 'A shard writer was used after it was closed, aborted, or had failed.');
    return open;
  }

  /** Runs one step; a step that fails leaves the writer unusable, since the file has a gap. */
  async function guarded<Result>(step: () => Promise<Result>): Promise<Result> {
    try {
      return await step();
    } catch (error) {
      open = undefined;
      throw error;
    }
  }

  async function start(): Promise<void> {
    if (!started) await output.write(MAGIC);
    started = true;
  }

  return {
    async write(batch) {
      let group = current();
      if (batch.numRows === 0) return;
      await guarded(async () => {
        await start();
        const bytes = arrowBytes(batch);
        if (group.isFullFor(batch, bytes)) {
          written.push(await group.close(output));
          group = newRowGroup();
          open = group;
        }
        await group.add(batch, bytes, output);
      });
    },
    async flush() {
      const group = current();
      if (group.rows === 0) return;
      await guarded(async () => {
        written.push(await group.close(output));
        open = newRowGroup();
        await output.flush();
      });
    },
    async close() {
      const group = current();
      return await guarded(async () => {
        await start();
        if (group.rows > 0) written.push(await group.close(output));
        for (const piece of tailBytes(template.footer, template.keyValues, written, output.position))
          await output.write(piece);
        await output.flush();
        open = undefined;
        return { rows: written.reduce((sum, { rows }) => sum + rows, 0) };
      });
    },
    async abort() {
      open = undefined;
    },
  };
}
