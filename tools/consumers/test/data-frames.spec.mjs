import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython, runPython } from '../src/run-python.mjs';
import { runRiffle } from '../src/run-riffle.mjs';

describeConsumers('a result from data frames of pandas', (scratch) => {
  const output = (name) => join(scratch, `${name}-output`);
  const load = (name) => askPython('datasets-5', ['read_frame.py', output(name)], { scratch });

  beforeAll(async () => {
    await runPython('datasets-5', ['make_frames.py', 'inputs'], { scratch });
    for (const name of ['plain', 'strided', 'kept'])
      await runRiffle({ [name]: join(scratch, 'inputs', name) }, output(name), '--shards', '2');
  });

  it.each([
    ['plain', 101, 'the index that every frame has'],
    ['strided', 40, 'a range that says where rows stood before they were shuffled'],
  ])('%s, %i rows with %s: neither a column nor an index that nobody asked for', async (name, rows) => {
    const { folder, ...files } = await load(name);
    for (const frame of [folder, ...Object.values(files)]) {
      expect([frame.columns, frame.index, frame.indexNames]).toEqual([['id', 'text', 'size'], 'RangeIndex', [null]]);
      expect(frame.types).toEqual(['int64', 'str', 'UInt16']);
      expect(frame.indexValues).toEqual(frame.rows.map((_, row) => row));
    }
    expect(new Set(folder.rows.map(({ id }) => id)).size).toBe(rows);
    expect(folder.rows.length).toBe(rows);
  });

  it('kept, whose index is a column of the files: each row has its own again', async () => {
    const { folder } = await load('kept');
    expect([folder.columns, folder.indexNames]).toEqual([['id', 'text', 'size'], [null]]);
    expect(folder.rows.length).toBe(61);
    expect(folder.indexValues).toEqual(folder.rows.map(({ id }) => id % 40));
  });
});
