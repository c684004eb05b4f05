import { Field, Int32, Schema } from 'apache-arrow';
import { expect, it } from 'vitest';
import createArrowWriter from './index.ts';

const shards = [0, 1].map((shard) => ({
  file: `0000${shard}.arrow`,
  rows: 5,
  bytes: 100,
  sha256: String(shard).repeat(64),
}));
const options = (metadata: [string, string][] = []) => ({
  schema: new Schema([new Field('id', new Int32(), true)], new Map(metadata)),
  compression: 'none' as const,
  rowGroupBytes: 2 ** 20,
});
const parsed = async (metadata?: [string, string][]) => {
  const files = await createArrowWriter().finalize!(shards, options(metadata));
  return Object.fromEntries(
    files.map(({ file, bytes }) => [file, JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>]),
  );
};

it('names the files in order, and the features that the schema has', async () => {
  const features = { id: { dtype: 'int32', _type: 'Value' } };
  const files = await parsed([['huggingface', JSON.stringify({ info: { features } })]]);
  expect(Object.keys(files)).toEqual(['dataset_info.json', 'state.json']);
  expect(files['state.json']!['_data_files']).toEqual([{ filename: '00000.arrow' }, { filename: '00001.arrow' }]);
  expect(files['state.json']!['_fingerprint']).toMatch(/^[0-9a-f]{16}$/);
  expect(files['dataset_info.json']!['features']).toEqual(features);
});

it.each([[undefined], [[['huggingface', 'not JSON']]], [[['huggingface', 'null']]]] as [
  [string, string][] | undefined,
][])('leaves the features to the types where the schema tells none: %j', async (metadata) => {
  expect((await parsed(metadata))['dataset_info.json']).not.toHaveProperty('features');
});

it('says which compression there is, of another', async () => {
  const target = { write: async () => undefined };
  await expect(createArrowWriter().create(target, { ...options(), compression: 'snappy' })).rejects.toMatchObject({
    message: expect.stringContaining('--compression none, lz4 or zstd'),
  });
});

it('takes no options', () => {
  expect(() => createArrowWriter({ any: 1 })).toThrow(/no options/);
});
