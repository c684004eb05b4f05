import { loadParquetWasm } from '@riffle/codec-parquet';
import type { CompressionCodec, JsonValue, TuningSample, WriterProfile } from '@riffle/core';
import { seededRandom } from '@riffle/testkit';
import { RecordBatchStreamWriter, type RecordBatch } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import createWriter from '../src/index.ts';
import { batchOf, binaries, doubles, integerLists, integers, longs, noise, structOf, texts } from './batches.ts';
import { rowGroupChunks } from './footer.ts';
import { writeFile } from './write-file.ts';

const random = seededRandom(1);
const tokens = batchOf({ codes: integerLists(8000, 600, () => random.below(1024)) });
const words = ['a', 'lovely', 'number', 'of', 'short', 'words', 'make', 'one', 'text'];
const sentence = (): string => Array.from({ length: 3 }, () => random.pick(words)).join(' ') + random.below(1e6);

/** What the rows are for: shards of one row group of the default size. */
const options = { rowGroupBytes: 64 * 2 ** 20, rowsPerShard: 2 ** 20 };

interface Choice {
  readonly path: readonly string[];
  readonly encoding: string;
  readonly compressed: boolean;
}

async function tune(
  samples: readonly TuningSample[],
  compression: CompressionCodec = 'zstd',
  profile: WriterProfile = 'balanced',
  shards = options,
): Promise<JsonValue> {
  return await createWriter().tune!(samples, { ...shards, schema: samples[0]!.batch.schema, compression, profile });
}

/** Encoding, and the codec if it is used, of each leaf by its path. */
async function choices(
  batch: RecordBatch,
  compression: CompressionCodec = 'zstd',
  profile: WriterProfile = 'balanced',
): Promise<Record<string, string>> {
  const { leaves } = (await tune([{ batch, columns: [], rows: batch.numRows }], compression, profile)) as unknown as {
    readonly leaves: readonly Choice[];
  };
  return Object.fromEntries(
    leaves.map(({ path, encoding, compressed }) => [
      path.join('.'),
      compressed ? `${encoding} ${compression}` : encoding,
    ]),
  );
}

/** Bytes of a batch as most writers store it: dictionaries everywhere, one codec. */
function asOthersWrite(batch: RecordBatch): Uint8Array {
  const { glue } = loadParquetWasm();
  const stream = new RecordBatchStreamWriter();
  stream.write(batch);
  stream.close();
  const properties = new glue.WriterPropertiesBuilder().setCompression(glue.Compression.SNAPPY).build();
  return glue.writeParquet(glue.Table.fromIPCStream(stream.toUint8Array(true)), properties);
}

describe('tuning', () => {
  test('keeps a token list within 1.15 times its size with dictionary and snappy, at a lower cost than a dictionary', async () => {
    const source = asOthersWrite(tokens);
    const columns = rowGroupChunks(source).map(({ leaf, compressedBytes, codec, encodings }) => ({
      path: leaf.path,
      bytes: compressedBytes,
      codec,
      encodings,
    }));
    const tuning = await tune(
      [{ batch: tokens.slice(0, 3000), columns, columnRows: tokens.numRows, rows: tokens.numRows }],
      'snappy',
    );
    expect(tuning).toEqual({
      leaves: [{ compressed: false, encoding: 'DELTA_BINARY_PACKED', path: ['codes', 'item'] }],
      version: 1,
    });
    const { bytes } = await writeFile([tokens], { tuning, compression: 'snappy' });
    expect(bytes.length).toBeLessThan(1.15 * source.length);
  });

  test('fits the data, not the order they come in', async () => {
    const batch = batchOf({
      ascending: longs(200_000, (index) => index),
      label: integers(200_000, (index) => (index / 20_000) | 0),
      speaker: texts(200_000, (index) => `speaker ${(index / 10_000) | 0}`),
      score: doubles(200_000, () => random.uint32() / 2 ** 32),
      rounded: doubles(200_000, () => random.below(100) / 100),
      text: texts(200_000, sentence),
    });
    expect(await choices(batch)).toEqual({
      ascending: 'DELTA_BINARY_PACKED',
      // 10 values take 4 bits each, of which zstd saves a sixth: more than may be given away.
      label: 'RLE_DICTIONARY zstd',
      speaker: 'RLE_DICTIONARY',
      score: 'BYTE_STREAM_SPLIT zstd',
      rounded: 'RLE_DICTIONARY',
      text: 'DELTA_LENGTH_BYTE_ARRAY zstd',
    });
  });

  test('stores bytes that are compressed already as they are', async () => {
    const batch = batchOf({
      audio: structOf({
        bytes: binaries(100, (index) => noise(60_000, index)),
        path: texts(100, (index) => `folder/file ${index}.flac`),
      }),
    });
    for (const profile of ['balanced', 'smallest', 'fastest'] as const) {
      expect(await choices(batch, 'zstd', profile)).toMatchObject({ 'audio.bytes': 'PLAIN' });
    }
  });

  test('smallest spends time for size, fastest size for time', async () => {
    expect(await choices(tokens, 'zstd', 'smallest')).toEqual({ 'codes.item': 'RLE_DICTIONARY zstd' });
    const batch = batchOf({
      label: integers(100_000, () => random.below(10)),
      text: texts(100_000, () => `${sentence()} ${sentence()}`),
    });
    // Delta is fast enough that writing and reading an eighth of the bytes pays; zstd is not.
    expect(await choices(batch, 'zstd', 'fastest')).toEqual({
      label: 'DELTA_BINARY_PACKED',
      text: 'DELTA_LENGTH_BYTE_ARRAY',
    });
  });

  test('counts a dictionary once for each row group, and so for none where shards are small', async () => {
    const prompts = Array.from({ length: 5000 }, () => `${sentence()} ${sentence()}`);
    const batch = batchOf({ prompt: texts(40_000, () => random.pick(prompts)) });
    expect(await choices(batch)).toEqual({ prompt: 'RLE_DICTIONARY zstd' });
    const sample = { batch, columns: [], rows: batch.numRows };
    const small = await tune([sample], 'zstd', 'balanced', { ...options, rowsPerShard: 2000 });
    expect(small).toMatchObject({ leaves: [{ encoding: expect.not.stringContaining('DICTIONARY') }] });
  });

  test('gives no dictionary to a column whose dictionary keeps growing', async () => {
    const batch = batchOf({
      id: texts(60_000, () => `user-${random.below(3_000_000)}`),
      few: texts(60_000, () => `user-${random.below(300)}`),
    });
    const chosen = await choices(batch, 'snappy', 'smallest');
    expect(chosen['id']).not.toContain('RLE_DICTIONARY');
    expect(chosen['few']).toContain('RLE_DICTIONARY');
  });

  test('sees collections mixed, as the shards will be', async () => {
    const constant = (value: number): RecordBatch => batchOf({ source: integers(50_000, () => value) });
    const samples = [1, 1_000_000, 77].map((value) => ({ batch: constant(value), columns: [], rows: 50_000 }));
    const { leaves } = (await tune(samples, 'snappy')) as unknown as { readonly leaves: readonly Choice[] };
    expect(leaves[0]!.encoding).toBe('RLE_DICTIONARY');
  });

  test('is deterministic, survives JSON, and without samples falls back to the default', async () => {
    const samples = [{ batch: tokens.slice(0, 500), columns: [], rows: 5 }];
    const tuning = await tune(samples);
    expect(JSON.stringify(await tune(samples))).toBe(JSON.stringify(tuning));
    const none = await createWriter().tune!([], {
      ...options,
      schema: tokens.schema,
      compression: 'zstd',
      profile: 'balanced',
    });
    expect(none).toEqual({ leaves: [{ compressed: true, encoding: 'PLAIN', path: ['codes', 'item'] }], version: 1 });
  });

  test('a tuning for another schema is refused', async () => {
    const tuning = await tune([{ batch: tokens.slice(0, 10), columns: [], rows: 10 }]);
    await expect(writeFile([batchOf({ id: longs(3, (index) => index) })], { tuning })).rejects.toMatchObject({
      code: 'INTERNAL',
    });
  });
});
