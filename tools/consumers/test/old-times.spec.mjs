import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython, runPython } from '../src/run-python.mjs';
import { runRiffle } from '../src/run-riffle.mjs';

describeConsumers('INT96 and INTERVAL', (scratch) => {
  const read = (...folder) => askPython('datasets-5', ['read_times.py', join(scratch, ...folder)], { scratch });
  const run = (name) =>
    runRiffle({ [name]: join(scratch, 'inputs', name) }, join(scratch, 'output', name), '--shards', '1');

  beforeAll(() => runPython('datasets-5', ['make_times.py', 'inputs'], { scratch }));

  it('INT96 of Spark becomes the nanoseconds that pyarrow reads', async () => {
    await run('spark');
    const [before, after] = [await read('inputs', 'spark'), await read('output', 'spark')];
    expect(before.types.at).toBe('timestamp[ns]');
    expect(before.columns.at.length).toBe(202);
    expect([after.types, after.columns]).toEqual([before.types, before.columns]);
  });

  it('a time beyond 64 bits of nanoseconds is refused with its column, row and value', async () => {
    const { rows, lost } = await run('far');
    expect(rows).toBe(1);
    expect(lost).toMatchObject([{ path: 'year 9999.parquet', code: 'UNSUPPORTED_CONTENT' }]);
    expect(lost[0].reason).toContain(
      'of row group 0 holds 9999-12-31T23:59:59.999999000 in row 3, a timestamp outside 1677-09-21 to 2262-04-11',
    );
    expect(lost[0].reason).toMatch(/^Column at\.list\.element of/);
  });

  it('is kept where the file’s Arrow schema has a unit that holds it, with the zone', async () => {
    await run('zoned');
    const { types, columns } = await read('output', 'zoned');
    expect(types.at).toBe('timestamp[us, tz=Europe/Berlin]');
    expect(columns.at).toEqual(['0', '1', null, '253402300799999999']);
  });

  it('intervals keep months, days and milliseconds, and their type', async () => {
    expect(await run('spans')).toMatchObject({ rows: 100, lost: [] });
    const [before, after] = [await read('inputs', 'spans'), await read('output', 'spans')];
    expect(before.duckdb.types).toEqual(['BIGINT', 'INTERVAL', 'INTERVAL[]']);
    expect(before.types).toMatchObject({ span: 'fixed_size_binary[12]' });
    expect(after).toEqual(before);
  });
});
