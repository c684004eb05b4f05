import { schemaToBytes } from '@riffle/columnar';
import type { JsonValue } from '@riffle/core';
import createReader from '@riffle/reader-mds';
import { memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import type { RecordBatch } from 'apache-arrow';
import createWriter from '../src/index.ts';

/** A shard of batches. */
export async function shardOf(batches: readonly RecordBatch[], options: JsonValue = {}): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const shard = await createWriter(options).create(
    { write: async (bytes) => void pieces.push(bytes.slice()) },
    { schema: batches[0]!.schema, compression: 'none', rowGroupBytes: 2 ** 20 },
  );
  for (const batch of batches) await shard.write(batch);
  await shard.close();
  return Buffer.concat(pieces);
}

/** The rows of a shard, in the schema of a batch. */
export async function rowsBack(bytes: Uint8Array, { schema }: RecordBatch): Promise<CanonicalRow[]> {
  const reader = createReader({ fragmentBytes: 2048 });
  const file = memoryFile('/written.mds', bytes);
  const given = schemaToBytes(schema);
  const rows: CanonicalRow[] = [];
  for (const fragment of (await reader.survey(file, { schema: given })).fragments.keys())
    for await (const batch of reader.read(file, fragment, { schema: given, targetBatchBytes: 4096 })) {
      if (String(batch.schema) !== String(schema)) throw new Error(`It is of the schema ${String(batch.schema)}.`);
      rows.push(...rowsOf(batch));
    }
  return rows;
}

/** The JSON of the header of a shard. */
export function configOf(shard: Buffer): Record<string, unknown> {
  const start = 4 * (2 + shard.readUInt32LE(0));
  return JSON.parse(shard.toString('utf8', start, shard.readUInt32LE(4))) as Record<string, unknown>;
}
