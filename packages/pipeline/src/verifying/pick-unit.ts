import { columnsOfBatch } from '@riffle/columnar';
import { isBadContent, type Reader } from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';
import { readsBack } from '../plugins/reads-back.ts';
import { createRowPicker } from './pick-rows.ts';

/** Fingerprint single rows of written shards. */
export interface PickTask {
  readonly shards: readonly {
    readonly location: string;
    /** Ascending. */
    readonly rows: readonly number[];
  }[];
  readonly targetBatchBytes: number;
  /** The columns of the shards, as an IPC stream of zero batches. */
  readonly schema: Uint8Array;
}

export interface PickResult {
  /** By shard: four words for each row, zero where there is no such row; undefined if the shard cannot be read. */
  readonly words: readonly (Uint32Array | undefined)[];
}

async function pickFrom(
  { location, rows }: PickTask['shards'][number],
  reader: Reader,
  storage: PluginSet['storage'],
  { targetBatchBytes, schema }: PickTask,
): Promise<Uint32Array> {
  const file = await storage.open(location);
  try {
    const picker = createRowPicker(rows);
    let first = 0;
    for (const [fragment, { rows: held }] of (await reader.survey(file, { schema })).fragments.entries()) {
      const end = first + held;
      const last = rows.findLast((row) => row < end) ?? -1;
      if (last >= first) {
        let at = first;
        for await (const batch of reader.read(file, fragment, { targetBatchBytes, schema })) {
          const columns = columnsOfBatch(batch);
          picker.see(columns, at);
          at += columns.rows;
          if (at > last) break;
        }
      }
      first = end;
    }
    return picker.words;
  } finally {
    await file.close();
  }
}

/** Worker side of comparing sampled rows. Decodes only row groups that hold some, up to the last one. */
export async function pickUnit(task: PickTask, { storage, readers, writer }: PluginSet): Promise<PickResult> {
  const reader = readsBack(readers, writer);
  const words: (Uint32Array | undefined)[] = [];
  for (const shard of task.shards) {
    try {
      words.push(reader === undefined ? undefined : await pickFrom(shard, reader, storage, task));
    } catch (error) {
      if (!isBadContent(error)) throw error;
      words.push(undefined);
    } finally {
      reader?.release?.();
    }
  }
  return { words };
}
