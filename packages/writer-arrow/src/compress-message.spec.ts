import createArrowReader from '@riffle/reader-arrow';
import { memoryFile, rowsOf } from '@riffle/testkit';
import { Binary, Field, makeData, RecordBatch, Schema, Struct, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import createArrowWriter from './index.ts';

const MEGABYTE = 2 ** 20;
const schema = new Schema([new Field('sound', new Binary(), true)]);

/** Bytes that no codec makes fewer. */
function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

function batchOf(values: readonly (Uint8Array | null)[]): RecordBatch {
  const data = vectorFromArray(values, new Binary()).data[0]!;
  const struct = makeData({ type: new Struct(schema.fields), length: data.length, nullCount: 0, children: [data] });
  return new RecordBatch(schema, struct);
}

async function written(batch: RecordBatch, compression: 'none' | 'lz4' | 'zstd'): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const target = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()) };
  const shard = await createArrowWriter().create(target, { schema, compression, rowGroupBytes: 64 * MEGABYTE });
  await shard.write(batch);
  await shard.close();
  return new Uint8Array(Buffer.concat(pieces));
}

async function readBack(bytes: Uint8Array) {
  const reader = createArrowReader();
  const file = memoryFile('/written.arrow', bytes);
  const rows = [];
  for (const fragment of (await reader.survey(file)).fragments.keys())
    for await (const batch of reader.read(file, fragment, { targetBatchBytes: 64 * MEGABYTE }))
      rows.push(...rowsOf(batch));
  return rows;
}

describe.each(['lz4', 'zstd'] as const)('%s', (codec) => {
  it('makes what repeats smaller, over blocks of LZ4 and of ZSTD, and the same bytes each time', async () => {
    const line = Buffer.from('the same line again, and again. ');
    const batch = batchOf([Buffer.alloc(9 * MEGABYTE, line), null, line]);
    const bytes = await written(batch, codec);
    expect(bytes.length).toBeLessThan(MEGABYTE / 10);
    expect(await readBack(bytes)).toEqual(rowsOf(batch));
    expect(Buffer.compare(await written(batch, codec), bytes)).toBe(0);
  });

  it('leaves what would not be smaller as it is', async () => {
    const batch = batchOf([noise(5 * MEGABYTE)]);
    const [plain, bytes] = [await written(batch, 'none'), await written(batch, codec)];
    expect(bytes.length).toBeLessThan(plain.length + 1000);
    expect(await readBack(bytes)).toEqual(rowsOf(batch));
  });
});
