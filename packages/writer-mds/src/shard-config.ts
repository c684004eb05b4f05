import type { JsonValue } from '@riffle/core';
import type { ColumnPlan } from './plan-columns.ts';
import { pythonJson } from './python-json.ts';

/** What a shard says of itself in its header, and the index of each shard. */
export function shardConfig(columns: readonly ColumnPlan[]): { readonly [name: string]: JsonValue } {
  return {
    version: 2,
    format: 'mds',
    compression: null,
    hashes: ['sha256'],
    size_limit: null,
    column_names: columns.map(({ name }) => name),
    column_encodings: columns.map(({ form }) => form.encoding),
    column_sizes: columns.map(({ form }) => form.size),
  };
}

/**
 * What a shard begins with: the number of its rows, where each begins and the last one ends, and what it says of itself. Numbers have 32 bits, little-endian.
 * Source: MosaicML Streaming, `MDSWriter.encode_joint_shard` of `format/mds/writer.py` (Apache-2.0).
 *
 * @param lengths Bytes of each row, in parts, in order.
 */
export function shardHead(config: Uint8Array, rows: number, lengths: readonly Uint32Array[]): Uint8Array {
  const head = new Uint8Array(headBytes(config, rows));
  const view = new DataView(head.buffer);
  view.setUint32(0, rows, true);
  let [at, place] = [4, head.length];
  view.setUint32(at, place, true);
  for (const part of lengths)
    for (const length of part) {
      place += length;
      at += 4;
      view.setUint32(at, place, true);
    }
  head.set(config, at + 4);
  return head;
}

/** Bytes before the first row. */
export const headBytes = (config: Uint8Array, rows: number): number => 4 + 4 * (rows + 1) + config.length;

export const configBytes = (columns: readonly ColumnPlan[]): Uint8Array =>
  new TextEncoder().encode(pythonJson(shardConfig(columns)));
