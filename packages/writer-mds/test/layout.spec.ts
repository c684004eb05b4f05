import { createHash } from 'node:crypto';
import { batchOf, type TestColumns } from './batch-of.ts';
import { expect, it } from 'vitest';
import createWriter, { optionsSchema } from '../src/index.ts';
import { pythonJson } from '../src/python-json.ts';
import { shardOf } from './written.ts';

const columns: TestColumns = { text: ['é', ''], id: Int32Array.of(7, -1), Größe: Float64Array.of(0.5, 2) };

/** Written out by hand, from the layout as MosaicML Streaming has it. */
function byHand(): Buffer {
  const config =
    '{"column_encodings": ["float64", "int32", "str"], "column_names": ["Gr\\u00f6\\u00dfe", "id", "text"], "column_sizes": [8, 4, null], "compression": null, "format": "mds", "hashes": ["sha256"], "size_limit": null, "version": 2}';
  const first = Buffer.from('02000000000000000000e03f07000000c3a9', 'hex');
  const second = Buffer.from('000000000000000000000040ffffffff', 'hex');
  const start = 4 + 3 * 4 + config.length;
  const head = Buffer.alloc(16);
  [2, start, start + first.length, start + first.length + second.length].forEach((number, index) =>
    head.writeUInt32LE(number, 4 * index),
  );
  return Buffer.concat([head, Buffer.from(config), first, second]);
}

it('a shard is what MDSWriter writes, to the byte', async () => {
  expect((await shardOf([batchOf(columns)])).toString('latin1')).toBe(byHand().toString('latin1'));
});

it('the bytes do not depend on how batches were cut', async () => {
  const batch = batchOf(columns);
  const cut = await shardOf([batch.slice(0, 1), batch.slice(1, 1), batch.slice(1, 2)]);
  expect(Buffer.compare(cut, await shardOf([batch]))).toBe(0);
});

it('the index has every shard with its hash', async () => {
  const batch = batchOf(columns);
  const bytes = await shardOf([batch]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const shards = [
    { file: '00000.mds', rows: 2, bytes: bytes.length, sha256 },
    { file: '00001.mds', rows: 2, bytes: bytes.length, sha256 },
  ];
  const files = await createWriter().finalize!(shards, { schema: batch.schema, compression: 'none', rowGroupBytes: 1 });
  expect(files.map(({ file }) => file)).toEqual(['index.json']);
  const index = JSON.parse(Buffer.from(files[0]!.bytes).toString()) as { shards: unknown[]; version: number };
  expect([index.version, index.shards.length]).toEqual([2, 2]);
  expect(index.shards[1]).toEqual({
    column_encodings: ['float64', 'int32', 'str'],
    column_names: ['Größe', 'id', 'text'],
    column_sizes: [8, 4, null],
    compression: null,
    format: 'mds',
    hashes: ['sha256'],
    raw_data: { basename: '00001.mds', bytes: bytes.length, hashes: { sha256 } },
    samples: 2,
    size_limit: null,
    version: 2,
    zip_data: null,
  });
});

it('JSON is that of Python', () => {
  expect(pythonJson({ b: [null, 2, 'é\n\u007f👋"'], a: {} })).toBe(
    '{"a": {}, "b": [null, 2, "\\u00e9\\n\\u007f\\ud83d\\udc4b\\""]}',
  );
});

it('says which compression there is, and which options', async () => {
  const { schema } = batchOf(columns);
  const target = { write: async () => undefined };
  await expect(createWriter().create(target, { schema, compression: 'zstd', rowGroupBytes: 1 })).rejects.toMatchObject({
    code: 'RECIPE_INVALID',
    message: expect.stringContaining('--compression none'),
  });
  expect(() => createWriter({ json: 'text' })).toThrow(/json/);
  const { properties } = optionsSchema as { readonly properties: Readonly<Record<string, { description?: string }>> };
  expect(Object.values(properties).every(({ description }) => description?.endsWith('.'))).toBe(true);
});

it('tells the planner that it holds a shard', () => {
  const held = createWriter().estimateHeldBytes!({ rowGroupBytes: 2 ** 20, largestColumn: 0, shardBytes: 2 ** 30 });
  expect(held).toBeGreaterThan(2 ** 30);
});
