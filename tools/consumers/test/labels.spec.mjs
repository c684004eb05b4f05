import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython, runPython } from '../src/run-python.mjs';
import { runRiffle } from '../src/run-riffle.mjs';

describeConsumers('a result with logical types that Arrow has no type for', (scratch) => {
  const ask = (folder) => askPython('datasets-5', ['read_labels.py', ...filesOf(join(scratch, folder))], { scratch });
  const filesOf = (folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.parquet'))
      .toSorted()
      .map((name) => join(folder, name));
  let report, before, after;

  beforeAll(async () => {
    await runPython('datasets-5', ['make_labels.py', 'inputs'], { scratch });
    report = await runRiffle({ all: join(scratch, 'inputs') }, join(scratch, 'output'), '--shards', '3');
    [before, after] = [await ask('inputs'), await ask('output')];
  });

  it('has all rows, and nothing to warn of', () => {
    expect([report.rows, report.lost, report.warnings]).toEqual([200, [], []]);
  });

  it('has the logical types of both sources in every footer', () => {
    expect(before.logical[0]).toEqual({
      id: 'UUID',
      notes: 'JSON',
      'ids.list.element': 'UUID',
      at: 'Time(isAdjustedToUTC=true, timeUnit=microseconds)',
    });
    for (const logical of after.logical) expect(logical).toEqual(before.logical[0]);
  });

  it('pyarrow and DuckDB give the types of the sources', () => {
    expect(before.pyarrow.types[0]).toMatchObject({ id: 'extension<arrow.uuid>', notes: 'extension<arrow.json>' });
    for (const types of after.pyarrow.types) expect(types).toEqual(before.pyarrow.types[0]);
    expect(before.duckdb.types).toEqual({ id: 'UUID', notes: 'JSON', ids: 'UUID[]', at: 'TIME WITH TIME ZONE' });
    expect(after.duckdb.types).toEqual(before.duckdb.types);
  });

  it.each(['pyarrow', 'duckdb', 'polars'])('%s reads the values of the sources', (consumer) => {
    expect(before[consumer].rows.length).toBe(200);
    expect(after[consumer].rows).toEqual(before[consumer].rows);
  });
});
