import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython } from '../src/run-python.mjs';
import { runRiffle } from '../src/run-riffle.mjs';

describeConsumers('features, one column for each that datasets has', (scratch) => {
  const check = (environment, output) => askPython(environment, ['check_features.py', output], { scratch });
  const folders = (parent, names) => Object.fromEntries(names.map((name) => [name, join(scratch, parent, name)]));

  describe.each(['datasets-5', 'datasets-3'])('from two collections by %s', (environment) => {
    const output = join(scratch, `${environment}-output`);
    let features, report;

    beforeAll(async () => {
      features = await askPython(environment, ['make_features.py', environment, 'one', 'two'], { scratch });
      report = await runRiffle(folders(environment, ['one', 'two']), output, '--shards', '2');
    });

    it('are the same for it as in the inputs, and it believes each', async () => {
      expect([report.rows, report.warnings]).toEqual([10, []]);
      expect(Object.keys(features).length).toBeGreaterThan(80);
      const files = await check(environment, output);
      expect(Object.keys(files)).toEqual(['00000.parquet', '00001.parquet']);
      for (const found of Object.values(files)) expect(found).toEqual({ features, doubted: [] });
    });

    it('are believed by datasets 5', async () => {
      for (const { doubted } of Object.values(await check('datasets-5', output))) expect(doubted).toEqual([]);
    });
  });

  it('of a rule alone are believed by both, beside columns of which nobody said anything', async () => {
    await askPython('datasets-5', ['make_plain.py', 'plain'], { scratch });
    const rule =
      'columns={"features":{"audio":{"_type":"Audio","sampling_rate":16000},"t[].label":{"_type":"ClassLabel","names":["a","b"]}}}';
    const output = join(scratch, 'plain-output');
    await runRiffle({ plain: join(scratch, 'plain') }, output, '--shards', '1', '--set', rule);
    for (const environment of ['datasets-5', 'datasets-3']) {
      const { features, doubted } = (await check(environment, output))['00000.parquet'];
      expect(doubted).toEqual([]);
      expect(features.audio).toEqual({ sampling_rate: 16_000, _type: 'Audio' });
      expect((features.t.feature ?? features.t[0]).label).toEqual({ names: ['a', 'b'], _type: 'ClassLabel' });
    }
  });
});
