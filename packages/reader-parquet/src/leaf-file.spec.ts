import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDataset, memoryFile, rowsOf } from '@riffle/testkit';
import type { ReadableFile } from '@riffle/core';
import { expect, it, onTestFinished } from 'vitest';
import createReader from './index.ts';

/** Counts the bytes that are read. */
function counting(file: ReadableFile): ReadableFile & { count: number } {
  const counted = {
    location: file.location,
    size: file.size,
    count: 0,
    read: (...[offset, length]: Parameters<ReadableFile['read']>) => {
      counted.count += length;
      return file.read(offset, length);
    },
    close: () => file.close(),
  };
  return counted;
}

it('reads one column without the others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leaf-file-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const columns = {
    audio: 'encode(repeat(md5(i::VARCHAR), 400))',
    at: "{'path': 'row ' || i, 'codes': [i]}",
    id: 'CASE WHEN i % 7 = 0 THEN NULL ELSE i END',
  };
  const shape = { collections: ['a'], shardsPerCollection: 1, rowsPerShard: 5000, rowGroupRows: 2048 };
  const { files } = await makeDataset(folder, { ...shape, columns, compression: 'uncompressed' });
  const bytes = await readFile(files[0]!.path);
  const reader = createReader();
  const whole = memoryFile('whole', bytes);
  const { fragments } = await reader.survey(whole);
  expect(fragments).toHaveLength(3);

  const read = async (file: ReadableFile, fragment: number, column?: readonly string[]) => {
    const values: unknown[] = [];
    for await (const batch of reader.read(file, fragment, { targetBatchBytes: 2 ** 16, column })) {
      const names = batch.schema.fields.map(({ name }) => name);
      for (const row of rowsOf(batch)) values.push([names, row]);
    }
    return values;
  };
  const file = counting(whole);
  for (const [fragment, { rows }] of fragments.entries()) {
    const ids = await read(file, fragment, ['id']);
    expect(ids).toHaveLength(rows);
    expect(ids[0]).toEqual([['id'], expect.anything()]);
    const paths = await read(file, fragment, ['at', 'path']);
    expect(paths).toHaveLength(rows);
  }
  expect(file.count).toBeLessThan(bytes.length / 20);
  // What is below a list, or not there, is not read alone.
  expect((await read(whole, 2, ['at', 'codes', 'list', 'element']))[0]).toEqual([
    ['audio', 'at', 'id'],
    expect.anything(),
  ]);
});
